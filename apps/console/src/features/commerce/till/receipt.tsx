import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useClock } from "../../../design/clock.ts";
import { formatFen } from "../../../design/money.ts";
import { useSession } from "../../../shell/session.ts";
import type { SoldOrder } from "../order.ts";

interface Props {
  order: SoldOrder;
  changeFen: number;
  storeName: string;
  onNext: () => void;
}

export function Receipt({ order, changeFen, storeName, onNext }: Props) {
  const { t } = useTranslation();
  const clock = useClock();
  const { tenant } = useSession();
  return (
    <div className="receipt-stage">
      <section className="receipt" aria-label={t("till.receipt")}>
        <h1>{tenant.name}</h1>
        <p>{storeName} · {clock.instant(order.paidAt)}</p>
        <p className="soft">{order.orderNo}</p>
        <ul className="sums">
          {order.lines.map((line) => <li key={line.lineId}><span>{line.name} × {line.quantity}</span><span>{formatFen(line.grossFen)}</span></li>)}
          {order.effects.map((effect, index) => <li key={index} className="good"><span>{effect.name}</span><span>{formatFen(-effect.amountFen)}</span></li>)}
          <li className="sums-total"><span>{t("order.paid")}</span><span>{formatFen(order.netFen)}</span></li>
          {order.tenders.map((tender) => <li key={tender.no}><span>{t(`tender.${tender.kind}`, { defaultValue: tender.kind })}</span><span>{formatFen(tender.amountFen)}</span></li>)}
          {changeFen > 0 ? <li className="receipt-change"><span>{t("till.change")}</span><span>{formatFen(changeFen)}</span></li> : null}
        </ul>
        {order.memberId ? (
          <ul className="sums receipt-member">
            <li><span>{t("order.member")}</span><span>{order.memberName ?? "—"}</span></li>
            <li><span>{t("order.pointsEarned")}</span><span>+{order.pointsEarned}</span></li>
            {order.balances ? <li><span>{t("member.points")}</span><span>{order.balances.points.toLocaleString("en-US")}</span></li> : null}
            {order.balances ? <li><span>{t("member.storedValue")}</span><span>{formatFen(order.balances.storedValueFen)}</span></li> : null}
          </ul>
        ) : null}
        <p className="receipt-thanks">{t("till.thanks")}</p>
      </section>
      <div className="row no-print">
        <Button type="primary" size="large" autoFocus onClick={onNext}>{t("till.next")}<kbd>Enter</kbd></Button>
        <Button size="large" onClick={() => window.print()}>{t("action.print")}</Button>
        <Link to="/orders/$orderId" params={{ orderId: order.id }}>{t("till.openOrder")}</Link>
      </div>
    </div>
  );
}
