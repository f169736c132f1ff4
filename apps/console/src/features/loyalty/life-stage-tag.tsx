import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import type { LifeStage } from "./lifecycle.ts";
import "./lifecycle.css";

export function LifeStageTag({ stage, since }: { stage: LifeStage; since?: string | null }) {
  const { t } = useTranslation();
  const clock = useClock();
  return (
    <span className={`life life-${stage}`}>
      {t(`lifecycle.stages.${stage}`)}
      {since ? <span className="soft">{t("lifecycle.since", { on: clock.day(since) })}</span> : null}
    </span>
  );
}
