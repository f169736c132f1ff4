import { MinusOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { formatFen } from "../../../design/money.ts";
import type { Cart, CartAction } from "./cart.ts";
import type { Quote } from "./quote.ts";

interface Props {
  cart: Cart;
  quote: Quote | undefined;
  change: (action: CartAction) => void;
  onTouched: () => void;
}

export function CartTable({ cart, quote, change, onTouched }: Props) {
  const { t } = useTranslation();
  const selected = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    selected.current?.scrollIntoView({ block: "nearest" });
  }, [cart.selected, cart.lines.length]);
  if (cart.lines.length === 0) return <div className="cart-empty"><p>{t("till.empty")}</p><p className="soft">{t("till.emptyText")}</p></div>;
  const step = (index: number, by: number) => {
    change({ kind: "select", index });
    change({ kind: "quantity", by });
    onTouched();
  };
  return (
    <div className="cart-scroll" tabIndex={-1}>
      <table className="cart">
        <caption className="unseen">{t("till.cart")}</caption>
        <thead>
          <tr><th scope="col">{t("order.item")}</th><th scope="col">{t("order.quantity")}</th><th scope="col" className="is-end">{t("order.net")}</th></tr>
        </thead>
        <tbody>
          {cart.lines.map((line, index) => {
            const priced = quote?.lines.find((one) => one.lineId === line.lineId);
            const isSelected = index === cart.selected;
            return (
              <tr key={line.lineId} ref={isSelected ? selected : null} className={isSelected ? "is-selected" : ""} onClick={() => { change({ kind: "select", index }); onTouched(); }}>
                <td>
                  {isSelected ? <span className="unseen">{t("till.selected")}</span> : null}
                  <strong>{line.name}</strong>
                  <div className="soft">{line.sku} · {formatFen(line.unitPriceFen)}</div>
                </td>
                <td>
                  <span className="stepper">
                    <Button size="small" tabIndex={-1} icon={<MinusOutlined />} aria-label={t("till.less", { name: line.name })} onClick={(event) => { event.stopPropagation(); step(index, -1); }} />
                    <span className="num">{line.quantity}</span>
                    <Button size="small" tabIndex={-1} icon={<PlusOutlined />} aria-label={t("till.more", { name: line.name })} onClick={(event) => { event.stopPropagation(); step(index, 1); }} />
                  </span>
                </td>
                <td className="is-end num">
                  <strong>{priced ? formatFen(priced.netFen) : formatFen(line.unitPriceFen * line.quantity)}</strong>
                  {priced && priced.discountFen > 0 ? <div className="cart-before">{formatFen(priced.grossFen)}</div> : null}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
