import { useQuery } from "@tanstack/react-query";
import { Badge, Button } from "antd";
import { useTranslation } from "react-i18next";
import { listParked, parkedKey } from "./parked.ts";

interface Props {
  storeId: string;
  /** Something is in the cart. */
  isStarted: boolean;
  canPark: boolean;
  canDiscount: boolean;
  onDiscount: () => void;
  onPark: () => void;
  onSplit: () => void;
  onParked: () => void;
  onClear: () => void;
}

const lookAgainMs = 30_000;

/** What one does with a whole cart; with a finger on a tablet, where there are no keys. */
export function TillTools({ storeId, isStarted, canPark, canDiscount, onDiscount, onPark, onSplit, onParked, onClear }: Props) {
  const { t } = useTranslation();
  const parked = useQuery({ queryKey: parkedKey(storeId), queryFn: () => listParked(storeId), refetchInterval: lookAgainMs });
  const count = parked.data?.items.length ?? 0;
  return (
    <div className="till-tools" role="toolbar" aria-label={t("till.tools")}>
      <Button size="large" disabled={!isStarted} onClick={onClear}>{t("till.clear")}<kbd>F7</kbd></Button>
      <Button size="large" disabled={!canPark} onClick={onPark}>{t("till.park")}<kbd>F3</kbd></Button>
      <Button size="large" disabled={!canDiscount} onClick={onDiscount}>{t("till.discount")}</Button>
      <Button size="large" disabled={!canPark} onClick={onSplit}>{t("split.title")}<kbd>F1</kbd></Button>
      <Badge count={count} size="small" offset={[-6, 4]}><Button size="large" onClick={onParked}>{t("till.takeUp")}<kbd>F10</kbd></Button></Badge>
    </div>
  );
}
