import "./split.css";
import { useQuery } from "@tanstack/react-query";
import { Button, QRCode, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatFen } from "../../../../design/money.ts";
import { FailureState, LoadingState } from "../../../../design/state.tsx";
import { useSession } from "../../../../shell/session.ts";
import { useShortcuts } from "../keys.ts";
import { type Bill, billKey, getBill, type Share } from "./bill.ts";
import { ShareTender } from "./share-tender.tsx";

const lookMs = 2_500;

interface Props {
  billId: string;
  /** Divide again; only until somebody has paid. */
  onAnew?: () => void;
  onDone: () => void;
}

/** The table's shares: who has paid, who still has to, and the code with which guests pay on their own phones. */
export function BillDesk({ billId, onAnew, onDone }: Props) {
  const { t } = useTranslation();
  const bill = useQuery({ queryKey: billKey(billId), queryFn: () => getBill(billId), refetchInterval: lookMs, staleTime: 0 });
  const [paying, setPaying] = useState<number | null>(null);
  const { tenant } = useSession();
  const shares = bill.data?.shares ?? [];
  const next = shares.find((one) => one.state === "open");
  useShortcuts({ F8: () => next && setPaying(next.no), F2: onDone, Escape: () => (paying === null ? onDone() : setPaying(null)) });
  if (bill.isPending) return <div className="split"><LoadingState /></div>;
  if (bill.isError) return <div className="split"><FailureState error={bill.error} onRetry={() => void bill.refetch()} /></div>;
  const share = shares.find((one) => one.no === paying && one.state === "open");
  if (share) return <div className="split split-tender"><ShareTender bill={bill.data} share={share} onBack={() => setPaying(null)} onPaid={() => { setPaying(null); void bill.refetch(); }} /></div>;
  const address = `${window.location.origin}/m/?brand=${encodeURIComponent(tenant.code)}#/pages/split/split?bill=${bill.data.token}`;
  return (
    <div className="split">
      <BillHead bill={bill.data} />
      <div className="split-table">
        <ul className="split-shares">{shares.map((one) => <ShareCard key={one.no} share={one} isNext={one === next} onPay={() => setPaying(one.no)} />)}</ul>
        {bill.data.state === "open" ? (
          <aside className="split-code" aria-label={t("split.code")}>
            <span role="img" aria-label={t("split.code")} className="qr-ground"><QRCode value={address} size={180} bgColor="#ffffff" color="#000000" /></span>
            <p className="soft">{t("split.codeText")}</p>
          </aside>
        ) : null}
      </div>
      <div className="tender-foot split-foot">
        {onAnew && bill.data.paidFen === 0 && bill.data.state === "open" ? <Button size="large" onClick={onAnew}>{t("split.anew")}</Button> : <span />}
        <Button type={bill.data.state === "paid" ? "primary" : "default"} size="large" className="pay-button" onClick={onDone}>{t(bill.data.state === "paid" ? "till.next" : "split.later")}<kbd>F2</kbd></Button>
      </div>
    </div>
  );
}

function BillHead({ bill }: { bill: Bill }) {
  const { t } = useTranslation();
  return (
    <header className="row split-head">
      <h1>{t("split.title")}</h1>
      {bill.state === "paid" ? <Tag color="green">{t("split.paid")}</Tag> : bill.isOverdue ? <Tag color="orange">{t("split.overdue")}</Tag> : null}
      <span className="due" aria-live="polite"><span>{t("split.paidOf", { paid: formatFen(bill.paidFen) })}</span><strong className="num">{formatFen(bill.totalFen)}</strong></span>
    </header>
  );
}

function ShareCard({ share, isNext, onPay }: { share: Share; isNext: boolean; onPay: () => void }) {
  const { t } = useTranslation();
  return (
    <li className={`split-share is-${share.state}`} aria-label={t("split.shareOf", { name: share.name })}>
      <div className="row"><strong>{share.name}</strong><span>{share.payerName ?? share.memberName ?? t("order.guest")}</span><b className="num parked-due">{formatFen(share.totalFen)}</b></div>
      <p className="soft">{share.lines.map((line) => (line.units > 0 ? `${line.name}${line.units > 1 ? ` × ${line.units}` : ""}` : `${line.name}(${t("split.part")})`)).join(t("rule.listComma"))}</p>
      {share.discountFen > 0 ? <p className="good num">{t("order.discount")} {formatFen(-share.discountFen)}</p> : null}
      {share.state === "paid" ? <Tag color="green">{t("split.sharePaid")}</Tag> : <Button type="primary" size="large" autoFocus={isNext} onClick={onPay} aria-label={t("split.payShare", { name: share.name })}>{t("till.pay")}{isNext ? <kbd>F8</kbd> : null}</Button>}
    </li>
  );
}
