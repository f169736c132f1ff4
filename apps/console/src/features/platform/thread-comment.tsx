import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemSentence } from "../../api/problem.ts";
import { useClock } from "../../design/clock.ts";
import { useReason } from "../../design/reason.tsx";
import { FailureState, LoadingState } from "../../design/state.tsx";
import { useCan, useSession } from "../../shell/session.ts";
import { CommentComposer } from "./comment-composer.tsx";
import { type Comment, piecesOf, type Subject, threadKey } from "./thread.ts";

interface Props {
  subject: Subject;
  comment: Comment;
  onReply?: () => void;
}

/** What one colleague said, with what the reader may do about it. */
export function ThreadEntry({ subject, comment, onReply }: Props) {
  const { t } = useTranslation();
  const clock = useClock();
  const can = useCan();
  const ask = useReason();
  const client = useQueryClient();
  const { staff } = useSession();
  const { message, modal } = App.useApp();
  const [isChanging, setChanging] = useState(false);
  const [isLookingBack, setLookingBack] = useState(false);
  const [whole, setWhole] = useState<string | null>(null);
  const remove = useAction<void, unknown>({ run: () => api.delete(`/comments/${comment.id}`), refreshes: [threadKey(subject)] });
  const askRemoval = () => modal.confirm({
    title: t("thread.removeTitle"), okText: t("thread.remove"), cancelText: t("action.cancel"), okButtonProps: { danger: true },
    onOk: () => remove.mutateAsync().catch((error: unknown) => void message.error(problemSentence(t, error))),
  });
  const reveal = () => ask({
    title: t("thread.reveal"), text: t("member.revealNote"),
    run: async (reason) => setWhole((await api.post<{ body: string }>(`/comments/${comment.id}:reveal`, { reason })).body),
  });
  const removeOthers = () => ask({
    title: t("thread.removeOthersTitle", { name: comment.author.name }), text: t("thread.removeOthersText"),
    run: async (reason) => {
      await api.post(`/comments/${comment.id}:remove`, { reason });
      await client.invalidateQueries({ queryKey: threadKey(subject) });
    },
  });
  const mayLookBack = comment.editedAt && (comment.author.id === staff.id || can("audit.read"));
  return (
    <article className="thread-entry">
      <span className="person-mark" aria-hidden="true">{[...comment.author.name][0]}</span>
      <div className="thread-words">
        <p className="thread-who">
          <strong>{comment.author.name}</strong> <time className="soft" dateTime={comment.createdAt}>{clock.instant(comment.createdAt)}</time>
          {comment.editedAt && !comment.isDeleted ? <> · {mayLookBack ? <Button type="link" size="small" onClick={() => setLookingBack(true)}>{t("thread.edited")}</Button> : <span className="soft">{t("thread.edited")}</span>}</> : null}
        </p>
        {isChanging
          ? <CommentComposer subject={subject} label={t("thread.change")} changed={comment} onDone={() => setChanging(false)} onCancel={() => setChanging(false)} />
          : <p className="thread-text">{comment.body === null ? <em className="soft">{comment.removedBy ? t("thread.removedBy", { name: comment.removedBy.name }) : t("thread.removed")}</em> : piecesOf(whole ?? comment.body, comment.mentions).map((piece, at) => (piece.isName ? <span key={at} className="thread-name">{piece.text}</span> : piece.text))}</p>}
        <div className="thread-actions">
          {onReply && !comment.isDeleted ? <Button type="text" size="small" onClick={onReply}>{t("thread.reply")}</Button> : null}
          {comment.can.includes("reveal") && whole === null ? <Button type="text" size="small" onClick={reveal}>{t("thread.reveal")}</Button> : null}
          {comment.can.includes("change") && !isChanging ? <><Button type="text" size="small" onClick={() => setChanging(true)}>{t("action.edit")}</Button><Button type="text" size="small" onClick={askRemoval}>{t("thread.remove")}</Button></> : null}
          {comment.can.includes("remove") ? <Button type="text" size="small" onClick={removeOthers}>{t("thread.removeOthers")}</Button> : null}
        </div>
      </div>
      <Modal open={isLookingBack} onCancel={() => setLookingBack(false)} footer={null} title={t("thread.versions")} destroyOnHidden><Versions commentId={comment.id} /></Modal>
    </article>
  );
}

function Versions({ commentId }: { commentId: string }) {
  const clock = useClock();
  const path = `/comments/${commentId}/versions`;
  const versions = useQuery({ queryKey: [path], queryFn: () => api.get<{ items: { body: string; writtenAt: string }[] }>(path) });
  if (versions.isError) return <FailureState error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <LoadingState rows={3} />;
  return <ol className="timeline">{versions.data.items.map((one, at) => <li key={at}><time dateTime={one.writtenAt}>{clock.instant(one.writtenAt)}</time><p className="thread-text">{one.body}</p></li>)}</ol>;
}
