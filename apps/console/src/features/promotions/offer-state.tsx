import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import type { OfferState } from "./offer.ts";

const colours = { draft: "default", live: "success", paused: "warning", ended: "default" } as const;

export function OfferStateTag({ state }: { state: OfferState }) {
  const { t } = useTranslation();
  return <Tag color={colours[state]}>{t(`offerState.${state}`)}</Tag>;
}
