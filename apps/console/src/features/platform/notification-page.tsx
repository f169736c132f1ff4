import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Popover, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { problemSentence } from "../../api/problem.ts";
import { useFilters } from "../../design/filters.ts";
import { PageFrame } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { TabList } from "../../design/tab-list.tsx";
import type { ConsoleSchemas } from "@shuke/api";
import { type Notification, type NotificationKind, notificationKinds, NotificationLine, notificationRefreshes, type Unread, unreadQuery, useOpenNotification } from "./notification.tsx";

type Choice = ConsoleSchemas["NotificationChoice"];

export function NotificationPage() {
  const { t } = useTranslation();
  const [{ tab = "all" }, setFilters] = useFilters();
  const unread = useQuery(unreadQuery);
  const countOf = (kind: NotificationKind) => unread.data?.kinds.find((one) => one.kind === kind)?.unread ?? 0;
  const name = (label: string, count: number) => (count > 0 ? `${label} (${count})` : label);
  const tabs = [
    { key: "all", label: name(t("notice.kind.all"), unread.data?.total ?? 0), content: <NotificationList key="all" /> },
    ...notificationKinds.map((kind) => ({ key: kind, label: name(t(`notice.kind.${kind}`), countOf(kind)), content: <NotificationList key={kind} kind={kind} /> })),
  ];
  return (
    <PageFrame title={t("notice.page")} lead={t("notice.lead")} actions={<><Link to="/bulletins"><Button>{t("bulletin.page")}</Button></Link><Choices /></>}>
      <TabList label={t("notice.page")} tabs={tabs} active={tab} onChange={(key) => setFilters({ tab: key })} />
    </PageFrame>
  );
}

function NotificationList({ kind }: { kind?: NotificationKind }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    queryKey: ["/notifications", kind ?? "all"], queryFn: ({ pageParam, signal }) => api.get<Page<Notification>>("/notifications", { kind, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null, getNextPageParam: (page) => page.nextCursor ?? null,
  });
  const open = useOpenNotification();
  const mark = useAction<{ id: string; verb: "read" | "unread" }, Unread>({ run: ({ id, verb }) => api.post(`/notifications/${id}:${verb}`), refreshes: notificationRefreshes });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const readAll = useAction<void, Unread>({ run: () => api.post("/notifications:read-all", { kind, untilId: items[0]?.id }), refreshes: notificationRefreshes });
  if (list.isError) return <FailureState error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <LoadingState rows={8} />;
  if (items.length === 0) return <div className="panel"><EmptyState title={t("notice.none")} text={t("notice.noneText")} /></div>;
  return (
    <div className="panel stack-tight">
      <div><Button size="small" disabled={items.every((one) => one.readAt)} onClick={() => readAll.mutate()}>{t("notice.readAll")}</Button></div>
      <ul className="notification-list">
        {items.map((one) => (
          <li key={one.id}>
            <NotificationLine notification={one} onOpen={open} />
            <Button type="text" size="small" onClick={() => mark.mutate({ id: one.id, verb: one.readAt ? "unread" : "read" })}>{t(one.readAt ? "notice.markUnread" : "notice.markRead")}</Button>
          </li>
        ))}
      </ul>
      {list.hasNextPage ? <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>{t("table.more")}</Button> : null}
    </div>
  );
}

/** Which kinds this person wants to hear of. */
function Choices() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const choices = useQuery({ queryKey: ["/notification-choices"], queryFn: () => api.get<{ items: Choice[] }>("/notification-choices") });
  const choose = useAction<Choice, unknown>({ run: (choice) => api.put("/notification-choices", { items: [choice] }), refreshes: [["/notification-choices"]] });
  const rows = (
    <ul className="notification-list stack-tight">
      {choices.data?.items.map((one) => (
        <li key={one.kind}>
          <Switch size="small" checked={one.inApp} aria-label={t(`notice.kind.${one.kind}`)} onChange={(inApp) => choose.mutate({ kind: one.kind, inApp }, { onError: (error) => void message.error(problemSentence(t, error)) })} />
          {t(`notice.kind.${one.kind}`)}
        </li>
      ))}
    </ul>
  );
  return <Popover trigger="click" placement="bottomRight" title={t("notice.choices")} content={rows}><Button>{t("notice.settings")}</Button></Popover>;
}
