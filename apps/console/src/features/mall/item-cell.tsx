import { PictureOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { formatFen } from "../../design/money.ts";
import { usePictureUrl } from "./mall.ts";

/** An item as people recognise it: its picture and its name. */
export function ItemCell({ item }: { item: { name: string; pictureId: string | null; quantity?: number } }) {
  const url = usePictureUrl();
  return (
    <span className="row">
      {item.pictureId ? <img className="mall-picture" src={url(item.pictureId)} alt="" loading="lazy" /> : <span className="mall-picture" aria-hidden><PictureOutlined /></span>}
      <strong>{item.name}{item.quantity && item.quantity > 1 ? ` × ${item.quantity}` : ""}</strong>
    </span>
  );
}

/** "300 积分 + ¥9.90" */
export function usePrice() {
  const { t } = useTranslation();
  return ({ points, cashFen }: { points: number; cashFen: number }) => {
    const inPoints = t("mall.points", { points: points.toLocaleString("en-US") });
    return cashFen > 0 ? `${inPoints} + ${formatFen(cashFen)}` : inPoints;
  };
}
