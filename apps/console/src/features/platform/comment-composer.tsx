import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Mentions } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../api/action.ts";
import { api } from "../../api/client.ts";
import { problemOf } from "../../api/problem.ts";
import { usePaused } from "../../design/paused.ts";
import { ProblemAlert } from "../../design/state.tsx";
import { type Colleague, type Comment, mentionsIn, type Subject, subjectQuery, threadKey } from "./thread.ts";

const pauseMs = 150;
const maxLength = 2_000;

interface Props {
  subject: Subject;
  label: string;
  /** What is changed, or absent: something new. */
  changed?: Comment;
  replyTo?: string;
  onDone?: () => void;
  onCancel?: () => void;
}

/** Where a comment is written: plain text, and @ picks a colleague who may see what it is about. */
export function CommentComposer({ subject, label, changed, replyTo, onDone, onCancel }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(changed?.body ?? "");
  const [wanted, setWanted] = useState<string | null>(null);
  const picked = useRef<Colleague[]>(changed?.mentions ?? []);
  const q = usePaused(wanted ?? "", pauseMs);
  const found = useQuery({
    queryKey: ["/comment-colleagues", subject.kind, subject.id, q], enabled: wanted !== null, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.get<{ items: Colleague[] }>("/comment-colleagues", { ...subjectQuery(subject), q }, signal),
  });
  const save = useAction<string, Comment>({
    run: (body) => {
      const words = { body, mentions: mentionsIn(body, picked.current) };
      return changed ? api.patch(`/comments/${changed.id}`, words) : api.post("/comments", { ...subjectQuery(subject), ...words, ...(replyTo && { replyTo }) });
    },
    refreshes: [threadKey(subject)],
    onDone: () => {
      setText("");
      picked.current = [];
      onDone?.();
    },
  });
  const send = () => (text.trim() === "" || save.isPending ? undefined : save.mutate(text));
  const colleagues = found.data?.items ?? [];
  return (
    <form className="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <Mentions
        value={text} aria-label={label} placeholder={label} autoSize={{ minRows: changed || replyTo ? 1 : 2, maxRows: 10 }} maxLength={maxLength} filterOption={false} autoFocus={Boolean(changed ?? replyTo)}
        loading={found.isFetching} notFoundContent={t("thread.nobody")} options={colleagues.map((one) => ({ key: one.id, value: one.name, label: one.name }))}
        onChange={setText} onSearch={setWanted}
        onSelect={(option) => {
          // The list makes our keys unique by adding to them.
          const one = colleagues.find((colleague) => option.key?.startsWith(colleague.id));
          if (one && !picked.current.some((known) => known.id === one.id)) picked.current = [...picked.current, one];
          setWanted(null);
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      {problemOf(save.error).errors?.some((one) => one.field.startsWith("mentions.")) && problemOf(save.error).names?.length
        ? <p role="alert" className="bad">{t("thread.noAccess", { names: problemOf(save.error).names?.join(t("rule.listComma")) })}</p>
        : <ProblemAlert error={save.error} />}
      <div className="composer-foot">
        {onCancel ? <Button size="small" onClick={onCancel}>{t("action.cancel")}</Button> : null}
        <Button size="small" type="primary" htmlType="submit" disabled={text.trim() === ""} loading={save.isPending}>{t(changed ? "action.save" : "thread.send")}</Button>
      </div>
    </form>
  );
}
