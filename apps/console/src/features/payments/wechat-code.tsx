import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { QRCode } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { ProblemAlert } from "../../design/state.tsx";

export type Payment = ConsoleSchemas["Payment"];

const pollMs = 1500;

/** The guest scans our code; we ask until WeChat says that it is paid. */
export function WechatCode({ paymentId, codeUrl, onPaid }: { paymentId: string; codeUrl: string; onPaid: () => void }) {
  const { t } = useTranslation();
  const payment = useQuery({ queryKey: ["payments", paymentId], queryFn: () => api.get<Payment>(`/payments/${paymentId}`), refetchInterval: pollMs });
  const isPaid = payment.data?.state === "succeeded";
  useEffect(() => {
    if (isPaid) onPaid();
  }, [isPaid, onPaid]);
  return (
    <div className="wechat-code">
      <ProblemAlert error={payment.error} />
      <span role="img" aria-label={t("till.wechatCode")} className="qr-ground"><QRCode value={codeUrl} size={240} bgColor="#ffffff" color="#000000" /></span>
      <p role="status">{t("till.wechatWaiting")}</p>
    </div>
  );
}
