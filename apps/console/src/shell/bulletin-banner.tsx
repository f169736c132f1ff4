import { NotificationOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { currentBulletinsQuery, useReadBulletin } from "../features/platform/bulletin.ts";

/** Above every page: what has to be confirmed until it is, and what was announced until it is read. One at a time. */
export function BulletinBanner() {
  const { t } = useTranslation();
  const bulletins = useQuery(currentBulletinsQuery);
  const act = useReadBulletin();
  const waiting = (bulletins.data?.items ?? []).filter((one) => (one.needsConfirmation ? !one.confirmedAt : !one.readAt));
  const first = waiting.find((one) => one.isPinned) ?? waiting[0];
  if (!first) return null;
  return (
    <section className="banner" aria-label={t("bulletin.banner")}>
      <NotificationOutlined />
      <strong>{first.title}</strong>
      {waiting.length > 1 ? <span className="soft">{t("bulletin.more", { count: waiting.length - 1 })}</span> : null}
      <Link to="/bulletins" search={{ open: first.id } as never}>{t("bulletin.open")}</Link>
      <Button size="small" type="primary" loading={act.isPending} onClick={() => act.mutate({ id: first.id, verb: first.needsConfirmation ? "confirm" : "read" })}>{t(first.needsConfirmation ? "bulletin.confirm" : "bulletin.seen")}</Button>
    </section>
  );
}
