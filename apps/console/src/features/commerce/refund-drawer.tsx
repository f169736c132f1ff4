import { App, Button, Drawer, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { formatFen } from "../../design/money.ts";
import { ProblemAlert } from "../../design/state.tsx";
import { approvalRefreshes, isWaiting } from "../platform/approval/approval.ts";
import { useWaitingNotice } from "../platform/approval/waiting-notice.tsx";
import type { Order, OrderLine } from "./order.ts";
import { refundShare } from "./refund-share.ts";

interface Request {
  whole?: true;
  lines?: { lineId: string; quantity: number }[];
  reason: string;
}

const left = (line: OrderLine) => line.quantity - line.returnedQuantity;

/** Whole or by line; shows what goes back to the guest, on which way, before anything moves. */
export function RefundDrawer({ isOpen, ...rest }: { order: Order; isOpen: boolean; onClose: () => void }) {
  return isOpen ? <OpenRefund {...rest} /> : null;
}

/** Lives only while it is open, so that every refund begins with the whole rest of the order. */
function OpenRefund({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const everything = Object.fromEntries(order.lines.map((line) => [line.lineId, left(line)]));
  const [quantities, setQuantities] = useState<Record<string, number>>(everything);
  const [reason, setReason] = useState("");
  const tellWaiting = useWaitingNotice();
  const refund = useAction<Request, unknown>({
    run: (request, key) => api.post(`/orders/${encodeURIComponent(order.id)}:return`, request, key),
    refreshes: [...approvalRefreshes, ["orders", order.id], ["/orders"], ...(order.memberId ? [["members", order.memberId]] : [])],
    onDone: (answer) => {
      if (isWaiting(answer)) tellWaiting(answer);
      else void message.success(t("refund.done"));
      onClose();
    },
  });
  const isWhole = order.lines.every((line) => quantities[line.lineId] === left(line));
  const chosen = order.lines.filter((line) => (quantities[line.lineId] ?? 0) > 0);
  const submit = () => {
    const lines = chosen.map((line) => ({ lineId: line.lineId, quantity: quantities[line.lineId] ?? 0 }));
    refund.mutate(isWhole ? { whole: true, reason: reason.trim() } : { lines, reason: reason.trim() });
  };
  return (
    <Drawer
      title={t("refund.title")}
      open
      onClose={onClose}
      size={Math.min(560, window.innerWidth)}
      destroyOnHidden
      footer={
        <div className="drawer-foot">
          <Button onClick={onClose}>{t("action.cancel")}</Button>
          <Button danger type="primary" disabled={chosen.length === 0 || reason.trim() === ""} loading={refund.isPending} onClick={submit}>
            {t("refund.submit", { amount: formatFen(refundShare(order, quantities).amountFen) })}
          </Button>
        </div>
      }
    >
      <div className="stack">
        <div className="row">
          <Button type={isWhole ? "primary" : "default"} onClick={() => setQuantities(everything)}>{t("refund.whole")}</Button>
          <Button onClick={() => setQuantities({})}>{t("refund.byLine")}</Button>
        </div>
        <ul className="refund-lines">
          {order.lines.map((line) => (
            <li key={line.lineId}>
              <span>{line.name}<span className="soft"> {formatFen(line.netFen)} / {line.quantity}</span></span>
              <InputNumber aria-label={t("refund.quantityOf", { name: line.name })} min={0} max={left(line)} precision={0} disabled={left(line) === 0} value={quantities[line.lineId] ?? 0} onChange={(value) => setQuantities({ ...quantities, [line.lineId]: value ?? 0 })} />
            </li>
          ))}
        </ul>
        <RefundPreview order={order} quantities={quantities} />
        <label className="stack-tight">
          {t("form.reason")}
          <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} placeholder={t("refund.reasonHint")} />
        </label>
        <ProblemAlert error={refund.error} />
      </div>
    </Drawer>
  );
}

function RefundPreview({ order, quantities }: { order: Order; quantities: Record<string, number> }) {
  const { t } = useTranslation();
  const back = refundShare(order, quantities);
  return (
    <section className="sentence" aria-live="polite">
      <h3>{t("refund.preview")}</h3>
      <ul className="sums">
        {back.tenders.map((tender, index) => <li key={index}><span>{t("refund.backTo", { tender: t(`tender.${tender.kind}`) })}</span><span>{formatFen(tender.amountFen)}</span></li>)}
        {back.pointsBack ? <li><span>{t("refund.pointsBack")}</span><span>−{back.pointsBack}</span></li> : null}
        <li className="sums-total"><span>{t("refund.total")}</span><span>{formatFen(back.amountFen)}</span></li>
      </ul>
    </section>
  );
}
