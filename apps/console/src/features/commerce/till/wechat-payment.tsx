import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { formatFen } from "../../../design/money.ts";
import { LoadingState, ProblemAlert } from "../../../design/state.tsx";
import { type Payment, WechatCode } from "../../payments/wechat-code.tsx";

interface Props {
  orderId: string;
  memberId: string | undefined;
  amountFen: number;
  onPaid: (paymentId: string) => void;
  onCancel: () => void;
}

/** Asks WeChat for a code for this part of the bill. The payment is used by the order when it is committed. */
export function WechatPayment({ orderId, memberId, amountFen, onPaid, onCancel }: Props) {
  const { t } = useTranslation();
  const begin = useAction<{ orderId: string; amountFen: number; memberId?: string }, Payment>({
    run: (request, key) => api.post("/payments", { kind: "wechat", ...request }, key),
  });
  const { mutate, data: payment } = begin;
  useEffect(() => mutate({ orderId, amountFen, ...(memberId && { memberId }) }), [mutate, orderId, memberId, amountFen]);
  return (
    <section className="tender wechat" aria-label={t("tender.wechat")}>
      <p className="due"><span>{t("tender.wechat")}</span><strong className="num">{formatFen(amountFen)}</strong></p>
      <ProblemAlert error={begin.error} />
      {begin.isPending ? <LoadingState rows={4} /> : null}
      {payment?.codeUrl ? <WechatCode paymentId={payment.id} codeUrl={payment.codeUrl} onPaid={() => onPaid(payment.id)} /> : null}
      <Button size="large" autoFocus onClick={onCancel}>{t("action.cancel")}</Button>
    </section>
  );
}
