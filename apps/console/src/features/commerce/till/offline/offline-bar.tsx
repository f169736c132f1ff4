import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { type Network, sendRefused } from "./network.ts";

/** Says plainly when the till works by itself, and how many orders wait. */
export function OfflineBar({ network }: { network: Network }) {
  const { t } = useTranslation();
  const { isOffline, waiting, refused } = network;
  if (!isOffline && waiting === 0 && refused === 0) return null;
  const title = isOffline ? t("offline.title", { count: waiting }) : waiting > 0 ? t("offline.sending", { count: waiting }) : t("offline.refused", { count: refused });
  const again = !isOffline && waiting === 0 ? <Button size="small" onClick={() => void sendRefused()}>{t("offline.again")}</Button> : undefined;
  return <Alert type={isOffline ? "warning" : "info"} showIcon role="status" title={title} action={again} description={isOffline ? t("offline.text") : undefined} />;
}
