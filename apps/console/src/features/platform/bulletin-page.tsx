import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { useClock } from "../../design/clock.ts";
import { useFilters } from "../../design/filters.ts";
import { PageFrame, Panel } from "../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { type Bulletin, useReadBulletin } from "./bulletin.ts";
import "./notification.css";

/** What was announced to this person, pinned ones first. */
export function BulletinPage() {
  const { t } = useTranslation();
  const [{ open }] = useFilters();
  const list = useInfiniteQuery({
    queryKey: ["/bulletins", "all"], queryFn: ({ pageParam, signal }) => api.get<Page<Bulletin>>("/bulletins", { limit: 20, cursor: pageParam }, signal),
    initialPageParam: null as string | null, getNextPageParam: (page) => page.nextCursor ?? null,
  });
  const items = (list.data?.pages.flatMap((page) => page.items) ?? []).toSorted((a, b) => Number(b.isPinned && b.isCurrent) - Number(a.isPinned && a.isCurrent));
  return (
    <PageFrame title={t("bulletin.page")} lead={t("bulletin.lead")}>
      {list.isError ? <FailureState error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <LoadingState rows={6} /> : null}
      {list.data && items.length === 0 ? <div className="panel"><EmptyState title={t("bulletin.none")} /></div> : null}
      {items.map((one) => <BulletinCard key={one.id} bulletin={one} isOpened={one.id === open} />)}
      {list.hasNextPage ? <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>{t("table.more")}</Button> : null}
    </PageFrame>
  );
}

function BulletinCard({ bulletin, isOpened }: { bulletin: Bulletin; isOpened: boolean }) {
  const { t } = useTranslation();
  const clock = useClock();
  const act = useReadBulletin();
  const { id, title, body, fromAt, untilAt, isPinned, isCurrent, needsConfirmation, confirmedAt, readAt } = bulletin;
  const { mutate } = act;
  // Its words are on the screen: whoever was led here has read it.
  useEffect(() => {
    if (isOpened && !readAt) mutate({ id, verb: "read" });
  }, [isOpened, readAt, id, mutate]);
  const state = confirmedAt ? t("bulletin.confirmedAt", { at: clock.instant(confirmedAt) }) : readAt ? t("bulletin.readAt", { at: clock.instant(readAt) }) : null;
  return (
    <Panel title={<>{title} {isPinned ? <Tag color="red">{t("bulletin.pinned")}</Tag> : null}{isCurrent ? null : <Tag>{t("bulletin.over")}</Tag>}</>} extra={<span className="soft">{clock.instant(fromAt)}{untilAt ? ` – ${clock.instant(untilAt)}` : ""}</span>}>
      <div className="stack-tight">
        <p className="bulletin-body">{body}</p>
        <div className="row">
          {isCurrent && needsConfirmation && !confirmedAt ? <Button type="primary" loading={act.isPending} onClick={() => mutate({ id, verb: "confirm" })}>{t("bulletin.confirm")}</Button> : null}
          {isCurrent && !needsConfirmation && !readAt ? <Button loading={act.isPending} onClick={() => mutate({ id, verb: "read" })}>{t("bulletin.seen")}</Button> : null}
          {state ? <span className="soft">{state}</span> : null}
        </div>
      </div>
    </Panel>
  );
}
