import type { ConsoleSchemas } from "@shuke/api";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAction } from "../../../api/action.ts";
import { api } from "../../../api/client.ts";
import type { Page } from "../../../api/page.ts";
import { useClock } from "../../../design/clock.ts";
import { DayInput } from "../../../design/day-input.tsx";
import { EmptyState, FailureState, LoadingState, ProblemAlert } from "../../../design/state.tsx";
import { useSession } from "../../../shell/session.ts";
import { approvalRefreshes } from "./approval.ts";
import { ColleagueSelect } from "./colleague-select.tsx";

type Deputy = ConsoleSchemas["Deputy"];
const path = "/deputies";

/** Who decides for this person while they are away, and for whom they do. */
export function DeputyDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const clock = useClock();
  const list = useQuery({ queryKey: [path], enabled: isOpen, queryFn: () => api.get<Page<Deputy>>(path) });
  const end = useAction<string, unknown>({ run: (id) => api.post(`${path}/${id}:end`), refreshes: [[path], ...approvalRefreshes] });
  return (
    <Drawer title={t("approval.deputies")} open={isOpen} onClose={onClose} size={Math.min(480, window.innerWidth)} destroyOnHidden>
      <div className="stack">
        <p className="soft">{t("approval.deputiesLead")}</p>
        {list.isError ? <FailureState error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isPending ? <LoadingState rows={2} /> : null}
        {list.data?.items.length === 0 ? <EmptyState title={t("approval.noDeputies")} /> : null}
        <ul className="todo-list">
          {list.data?.items.map((one) => (
            <li key={one.id} className="todo-line">
              <span className="todo-words">
                <strong>{one.isMine ? t("approval.deputyOfMine", { name: one.deputy.name }) : t("approval.deputyOf", { name: one.person.name })}</strong>
                <span className="soft">{clock.instant(one.from)} – {clock.instant(one.until)}{one.note ? ` · ${one.note}` : ""}</span>
              </span>
              {one.isMine ? <Button size="small" loading={end.isPending} onClick={() => end.mutate(one.id)}>{t("approval.deputyEnd")}</Button> : null}
            </li>
          ))}
        </ul>
        <NewDeputy />
      </div>
    </Drawer>
  );
}

function NewDeputy() {
  const { t } = useTranslation();
  const clock = useClock();
  const { staff } = useSession();
  const [deputyId, setDeputyId] = useState<string>();
  const [from, setFrom] = useState<string | undefined>(clock.today());
  const [until, setUntil] = useState<string | undefined>(clock.today());
  const [note, setNote] = useState("");
  const add = useAction<void, unknown>({
    // Whole days as the person's own clock has them: from its first moment, or at once today, until its last.
    run: () => api.post(path, { deputyId, from: startOf(from), until: new Date(Date.parse(`${until}T00:00:00`) + 86_400_000).toISOString(), ...(note.trim() ? { note: note.trim() } : {}) }),
    refreshes: [[path]],
    onDone: () => { setDeputyId(undefined); setNote(""); },
  });
  return (
    <section className="step-card">
      <h3>{t("approval.newDeputy")}</h3>
      <ColleagueSelect label={t("approval.deputy")} value={deputyId} onChange={setDeputyId} except={staff.id} />
      <div className="step-line"><DayInput value={from ?? ""} onChange={setFrom} label={t("form.from")} /><span>–</span><DayInput value={until ?? ""} onChange={setUntil} label={t("form.until")} /></div>
      <Input maxLength={100} value={note} onChange={(event) => setNote(event.target.value)} aria-label={t("approval.deputyNote")} placeholder={t("approval.deputyNote")} />
      <ProblemAlert error={add.error} />
      <Button type="primary" disabled={!deputyId || !from || !until} loading={add.isPending} onClick={() => add.mutate()}>{t("approval.newDeputy")}</Button>
    </section>
  );
}

const startOf = (day: string | undefined): string => new Date(Math.max(Date.parse(`${day}T00:00:00`), Date.now() - 60_000)).toISOString();
