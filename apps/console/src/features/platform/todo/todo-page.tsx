import type { ConsoleSchemas } from "@shuke/api";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Checkbox, Form, Input, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import type { Page } from "../../../api/page.ts";
import { problemSentence } from "../../../api/problem.ts";
import { useClock } from "../../../design/clock.ts";
import { DayInput } from "../../../design/day-input.tsx";
import { useFilters } from "../../../design/filters.ts";
import { FormDrawer } from "../../../design/form-drawer.tsx";
import { PageFrame } from "../../../design/page-frame.tsx";
import { EmptyState, FailureState, LoadingState } from "../../../design/state.tsx";
import { TabList } from "../../../design/tab-list.tsx";
import { useWords } from "../approval/approval.ts";
import { ColleagueSelect } from "../approval/colleague-select.tsx";
import { countsQuery, todoRefreshes } from "./todo.ts";
import "../approval/approval.css";

type Todo = ConsoleSchemas["Todo"];
const views = ["open", "done", "given"] as const;

/** What waits for this person: decisions, tasks, and what other parts put here; what is due first on top. */
export function TodoPage() {
  const { t } = useTranslation();
  const [{ view = "open" }, setFilters] = useFilters();
  const [isNew, setNew] = useState(false);
  return (
    <PageFrame title={t("todo.page")} lead={t("todo.lead")} actions={<Button type="primary" onClick={() => setNew(true)}>{t("todo.new")}</Button>}>
      <TabList label={t("todo.page")} active={view} onChange={(key) => setFilters({ view: key, kind: undefined })} tabs={views.map((one) => ({ key: one, label: t(`todo.view.${one}`), content: <List key={one} view={one} /> }))} />
      <NewTask isOpen={isNew} onClose={() => setNew(false)} />
    </PageFrame>
  );
}

function List({ view }: { view: (typeof views)[number] }) {
  const { t } = useTranslation();
  const [{ kind }, setFilters] = useFilters();
  const counts = useQuery(countsQuery);
  const list = useInfiniteQuery({
    queryKey: ["/todos", view, kind ?? ""], queryFn: ({ pageParam, signal }) => api.get<Page<Todo>>("/todos", { view, kind, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null, getNextPageParam: (page) => page.nextCursor ?? null,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const kinds = counts.data?.kinds ?? [];
  return (
    <div className="stack">
      {view === "open" && kinds.length > 1 ? (
        <div className="filter-bar"><Select allowClear className="filter-choice" aria-label={t("todo.kindTitle")} placeholder={t("todo.kindTitle")} value={kind} onChange={(value) => setFilters({ kind: value })} options={kinds.map((one) => ({ value: one.kind, label: `${t(`todo.kind.${one.kind}`, { defaultValue: one.kind })} (${one.count})` }))} /></div>
      ) : null}
      {list.isError ? <FailureState error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <LoadingState rows={6} /> : null}
      {list.data && items.length === 0 ? <div className="panel"><EmptyState title={t(`todo.none.${view}`)} text={view === "open" ? t("todo.noneText") : undefined} /></div> : null}
      {items.length > 0 ? <ul className="panel todo-list">{items.map((one) => <Line key={one.id} todo={one} />)}</ul> : null}
      {list.hasNextPage ? <Button onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>{t("table.more")}</Button> : null}
    </div>
  );
}

function Line({ todo }: { todo: Todo }) {
  const { t } = useTranslation();
  const clock = useClock();
  const words = useWords();
  const { message } = App.useApp();
  const { id, kind, title, note, link, count, dueAt, createdAt, by, whose, doneAt } = todo;
  const isTask = kind === "task";
  const tick = useAction<"done" | "reopen", unknown>({
    run: (verb) => api.post(`/todos/${id}:${verb}`), refreshes: todoRefreshes,
    onDone: (_counts, verb) => (verb === "done" ? offerUndo() : undefined),
  });
  const undo = <Button type="link" size="small" onClick={() => { message.destroy(id); tick.mutate("reopen"); }}>{t("todo.undo")}</Button>;
  const offerUndo = () => void message.success({ key: id, duration: 6, content: <>{t("todo.ticked")} {undo}</> });
  const isLate = !doneAt && dueAt !== null && Date.parse(dueAt) < Date.now();
  return (
    <li className="todo-line">
      {isTask ? <Checkbox checked={doneAt !== null} disabled={tick.isPending} aria-label={words(title)} onChange={() => tick.mutate(doneAt ? "reopen" : "done", { onError: (error) => void message.error(problemSentence(t, error)) })} /> : null}
      <span className="todo-words">
        <span>{link ? <Link to={link}>{words(title)}</Link> : <strong>{words(title)}</strong>}{count ? <Tag>{count}</Tag> : null}</span>
        {note ? <span>{note}</span> : null}
        <span className="soft">
          {t(`todo.kind.${kind}`, { defaultValue: kind })}{by ? ` · ${t("todo.by", { name: by })}` : ""}{whose && whose !== by ? ` → ${whose}` : ""} · {clock.instant(doneAt ?? createdAt)}
          {dueAt && !doneAt ? <span className={isLate ? "bad" : undefined}> · {t(isLate ? "todo.late" : "todo.due", { at: clock.instant(dueAt) })}</span> : null}
        </span>
      </span>
    </li>
  );
}

interface Values {
  title: string;
  note?: string;
  dueOn?: string;
  staffId?: string;
}

function NewTask({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <FormDrawer<Values, unknown>
      title={t("todo.new")} isOpen={isOpen} onClose={onClose} initial={{}} refreshes={todoRefreshes}
      run={({ dueOn, ...values }) => api.post("/todos", { ...values, ...(dueOn ? { dueAt: new Date(`${dueOn}T23:59:00`).toISOString() } : {}) })}
    >
      <Form.Item name="title" label={t("todo.title")} rules={[{ required: true, whitespace: true, message: t("form.required") }]}><Input maxLength={100} autoFocus /></Form.Item>
      <Form.Item name="note" label={t("todo.note")}><Input.TextArea maxLength={500} rows={3} /></Form.Item>
      <Form.Item name="dueOn" label={t("todo.dueOn")}><DayInput /></Form.Item>
      <Form.Item name="staffId" label={t("todo.for")} extra={t("todo.forHelp")}><Colleague /></Form.Item>
    </FormDrawer>
  );
}

/** As a form's field. */
function Colleague({ value, onChange }: { value?: string; onChange?: (id: string | undefined) => void }) {
  const { t } = useTranslation();
  return <ColleagueSelect label={t("todo.for")} value={value} onChange={(id) => onChange?.(id)} />;
}
