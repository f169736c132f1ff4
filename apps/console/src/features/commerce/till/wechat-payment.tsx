import { useQuery } from "@tanstack/react-query";
import { Button, QRCode } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import { formatFen } from "../../../design/money.ts";
import { LoadingState, ProblemAlert } from "../../../design/state.tsx";

interface Payment {
  id: string;
  state: string;
  codeUrl?: string | null;
}

interface Props {
  orderId: string;
  amountFen: number;
  onPaid: (paymentId: string) => void;
  onCancel: () => void;
}

const pollMs = 1500;
const paidStates = new Set(["paid", "succeeded", "success"]);

/** The guest scans our code; we ask until WeChat says that it is paid. */
export function WechatPayment({ orderId, amountFen, onPaid, onCancel }: Props) {
  const { t } = useTranslation();
  const begin = useAction<{ orderId: string; amountFen: number }, Payment>({ run: (request, key) => api.post("/payments", { kind: "wechat", ...request }, key) });
  useEffect(() => begin.mutate({ orderId, amountFen }), [orderId, amountFen]);
  const paymentId = begin.data?.id;
  const payment = useQuery({ queryKey: ["payments", paymentId], queryFn: () => api.get<Payment>(`/payments/${paymentId}`), enabled: Boolean(paymentId), refetchInterval: pollMs });
  const isPaid = paidStates.has(payment.data?.state ?? "");
  useEffect(() => {
    if (isPaid && paymentId) onPaid(paymentId);
  }, [isPaid, paymentId]);
  return (
    <section className="tender wechat" aria-label={t("tender.wechat")}>
      <p className="due"><span>{t("tender.wechat")}</span><strong className="num">{formatFen(amountFen)}</strong></p>
      <ProblemAlert error={begin.error ?? payment.error} />
      {begin.data?.codeUrl ? <span role="img" aria-label={t("till.wechatCode")} className="qr-ground"><QRCode value={begin.data.codeUrl} size={240} bgColor="#ffffff" color="#000000" /></span> : begin.isPending ? <LoadingState rows={4} /> : null}
      <p role="status">{t("till.wechatWaiting")}</p>
      <Button size="large" autoFocus onClick={onCancel}>{t("action.cancel")}</Button>
    </section>
  );
}
