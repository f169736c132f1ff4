import { BellOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Badge, Button, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../api/action.ts";
import { api } from "../api/client.ts";
import type { Page } from "../api/page.ts";
import { EmptyState, FailureState, LoadingState } from "../design/state.tsx";
import { type Notification, NotificationLine, notificationRefreshes, type Unread, unreadQuery, useOpenNotification } from "../features/platform/notification.tsx";
import { useLive } from "./live.ts";

const shown = 6;

/** What the person has not read yet, in the header; counts up while they look elsewhere. */
export function Bell() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const unread = useQuery(unreadQuery);
  useLive("notifications", () => {
    for (const queryKey of [...notificationRefreshes, ["/bulletins"]]) void client.invalidateQueries({ queryKey });
  });
  const total = unread.data?.total ?? 0;
  return (
    <span className="bell">
      <Popover open={isOpen} onOpenChange={setOpen} trigger="click" placement="bottomRight" destroyOnHidden getPopupContainer={(bell) => bell.parentElement ?? document.body} content={<Latest onClose={() => setOpen(false)} />}>
        <Button type="text" aria-label={t("notice.bell", { count: total })} aria-haspopup="dialog" aria-expanded={isOpen} icon={<Badge count={total} overflowCount={99} size="small"><BellOutlined /></Badge>} />
      </Popover>
    </span>
  );
}

function Latest({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const list = useQuery({ queryKey: ["/notifications", "latest"], queryFn: () => api.get<Page<Notification>>("/notifications", { limit: shown }) });
  const open = useOpenNotification(onClose);
  const items = list.data?.items ?? [];
  const readAll = useAction<void, Unread>({ run: () => api.post("/notifications:read-all", { untilId: items[0]?.id }), refreshes: notificationRefreshes });
  return (
    <div className="bell-list">
      {list.isError ? <FailureState error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <LoadingState rows={4} /> : null}
      {list.data && items.length === 0 ? <EmptyState title={t("notice.none")} /> : null}
      <ul className="notification-list">{items.map((one) => <li key={one.id}><NotificationLine notification={one} onOpen={open} /></li>)}</ul>
      <div className="bell-foot">
        <Button type="text" size="small" disabled={items.every((one) => one.readAt)} onClick={() => readAll.mutate()}>{t("notice.readAll")}</Button>
        <Link to="/notifications" onClick={onClose}>{t("notice.all")}</Link>
      </div>
    </div>
  );
}
