import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { formatFen } from "../../../design/money.ts";
import type { Quote, TenderRequest } from "./quote.ts";

interface Props {
  quote: Quote | undefined;
  /** What points pay of it, when the guest wants that. */
  points: TenderRequest | null;
  isStale: boolean;
  onPay: () => void;
}

export function QuoteTotals({ quote, points, isStale, onPay }: Props) {
  const { t } = useTranslation();
  return (
    <section className={isStale ? "totals is-stale" : "totals"} aria-label={t("till.totals")} aria-busy={isStale}>
      <ul className="sums">
        <li><span>{t("order.gross")}</span><span>{formatFen(quote?.grossFen ?? 0)}</span></li>
        {quote?.discountFen ? <li className="good"><span>{t("order.discount")}</span><span>{formatFen(-quote.discountFen)}</span></li> : null}
        {quote?.feesFen ? <li><span>{t("order.fees")}</span><span>{formatFen(quote.feesFen)}</span></li> : null}
        {points ? <li className="good"><span>{t("till.usePoints")}</span><span>{formatFen(-(points.amountFen ?? 0))}</span></li> : null}
        {quote?.pointsEarned ? <li className="soft"><span>{t("till.willEarn")}</span><span>+{quote.pointsEarned}</span></li> : null}
      </ul>
      <div className="totals-pay">
        <p className="due" aria-live="polite"><span>{t("till.due")}</span><strong className="num">{formatFen((quote?.dueFen ?? 0) - (points?.amountFen ?? 0))}</strong></p>
        <Button type="primary" size="large" block className="pay-button" disabled={!quote} onClick={onPay}>{t("till.pay")}<kbd>F8</kbd></Button>
      </div>
    </section>
  );
}
