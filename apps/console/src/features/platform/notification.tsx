import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { useClock } from "../../design/clock.ts";
import "./notification.css";

export type Notification = ConsoleSchemas["Notification"];
export type NotificationKind = Notification["kind"];
export type Unread = ConsoleSchemas["UnreadNotifications"];

export const notificationKinds: readonly NotificationKind[] = ["mention", "approval", "announcement", "run", "system"];
export const notificationRefreshes = [["/notifications"], ["/notification-counts"]] as const;
export const unreadQuery = queryOptions({ queryKey: ["/notification-counts"], queryFn: () => api.get<Unread>("/notification-counts"), staleTime: 30_000 });

/** Marks what is opened as read, and goes there. */
export function useOpenNotification(onDone?: () => void) {
  const navigate = useNavigate();
  const read = useAction<string, Unread>({ run: (id) => api.post(`/notifications/${id}:read`), refreshes: notificationRefreshes });
  return ({ id, link, readAt }: Notification) => {
    if (!readAt) read.mutate(id);
    onDone?.();
    if (link) void navigate({ href: link });
  };
}

/** One line in the reader's words. */
export function NotificationLine({ notification, onOpen }: { notification: Notification; onOpen: (notification: Notification) => void }) {
  const { t } = useTranslation();
  const clock = useClock();
  const { title, params, by, createdAt, readAt } = notification;
  return (
    <button type="button" className={readAt ? "row-button notification" : "row-button notification is-unread"} onClick={() => onOpen(notification)}>
      <span className="notification-dot" aria-hidden="true" />
      <span className="notification-words">
        {readAt ? null : <span className="unseen">{t("notice.unreadMark")}</span>}
        <span>{t(`notice.title.${title}`, { defaultValue: title, ...params, by: by ?? "" })}</span>
        <time className="soft" dateTime={createdAt}>{clock.instant(createdAt)}</time>
      </span>
    </button>
  );
}
