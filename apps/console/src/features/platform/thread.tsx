import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import { EmptyState, FailureState, LoadingState } from "../../design/state.tsx";
import { useLive } from "../../shell/live.ts";
import { CommentComposer } from "./comment-composer.tsx";
import { notificationRefreshes } from "./notification.tsx";
import { ThreadEntry } from "./thread-comment.tsx";
import { type Subject, subjectQuery, type ThreadComment, threadKey } from "./thread.ts";
import "./thread.css";

/** What colleagues say to each other about a member, an order, a record; what others write appears by itself. */
export function Thread({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [replyTo, setReplyTo] = useState<string | null>(null);
  const list = useInfiniteQuery({
    queryKey: threadKey(subject), queryFn: ({ pageParam, signal }) => api.get<Page<ThreadComment>>("/comments", { ...subjectQuery(subject), cursor: pageParam }, signal),
    initialPageParam: null as string | null, getNextPageParam: (page) => page.nextCursor ?? null,
  });
  const seen = useAction<Subject, void>({ run: (one) => api.post("/comments:seen", subjectQuery(one)), refreshes: notificationRefreshes });
  const { mutate: see } = seen;
  // What rang for this thread is read once it stands here, also when it comes while it is open.
  useEffect(() => {
    if (list.dataUpdatedAt > 0) see({ kind: subject.kind, id: subject.id });
  }, [list.dataUpdatedAt, see, subject.kind, subject.id]);
  useLive("comments", (data) => {
    const { kind, id } = data as Subject;
    if (kind === subject.kind && id === subject.id) void client.invalidateQueries({ queryKey: threadKey(subject) });
  });
  if (list.isError) return <FailureState error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="thread" aria-label={t("thread.title")}>
      <CommentComposer subject={subject} label={t("thread.write")} />
      {list.data ? null : <LoadingState rows={4} />}
      {list.data && items.length === 0 ? <EmptyState title={t("thread.none")} text={t("thread.noneText")} /> : null}
      <ol className="thread-list">
        {items.map((one) => (
          <li key={one.id}>
            <ThreadEntry subject={subject} comment={one} onReply={() => setReplyTo(one.id)} />
            {one.answers.length > 0 || replyTo === one.id ? (
              <ol className="thread-list">
                {one.answers.map((answer) => <li key={answer.id}><ThreadEntry subject={subject} comment={answer} /></li>)}
                {replyTo === one.id ? <li><CommentComposer subject={subject} label={t("thread.replyTo", { name: one.author.name })} replyTo={one.id} onDone={() => setReplyTo(null)} onCancel={() => setReplyTo(null)} /></li> : null}
              </ol>
            ) : null}
          </li>
        ))}
      </ol>
      {list.hasNextPage ? <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>{t("table.more")}</Button> : null}
    </section>
  );
}
