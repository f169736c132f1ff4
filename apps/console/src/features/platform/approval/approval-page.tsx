import { Link } from "@tanstack/react-router";
import { Button, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../../design/clock.ts";
import { type Column, DataTable } from "../../../design/data-table.tsx";
import { useFilters } from "../../../design/filters.ts";
import { useJoined } from "../../../design/joined.ts";
import { PageFrame } from "../../../design/page-frame.tsx";
import { TabList } from "../../../design/tab-list.tsx";
import { useCan } from "../../../shell/session.ts";
import { type ApprovalSummary, stateColours, stepName, useWords } from "./approval.ts";
import { ApprovalDrawer } from "./approval-drawer.tsx";
import { DeputyDrawer } from "./deputy-drawer.tsx";

const kinds = ["points", "refund", "withdrawal", "pack", "import"] as const;
const states = ["waiting", "approved", "rejected", "withdrawn"] as const;

/** Requests: those that wait for this person, that they asked for or decided, and all of them for whoever sets chains up. */
export function ApprovalPage() {
  const { t } = useTranslation();
  const can = useCan();
  const [{ tab = "mine", id }, setFilters] = useFilters();
  const [isAway, setAway] = useState(false);
  const views = ["mine", "asked", "decided", ...(can("approvals.manage") ? ["all"] : [])];
  return (
    <PageFrame
      title={t("approval.page")} lead={t("approval.lead")}
      actions={<><Button onClick={() => setAway(true)}>{t("approval.deputies")}</Button>{can("approvals.manage") ? <Link to="/approval-chains"><Button>{t("approval.settings")}</Button></Link> : null}</>}
    >
      <TabList label={t("approval.page")} active={tab} onChange={(key) => setFilters({ tab: key, state: undefined })} tabs={views.map((view) => ({ key: view, label: t(`approval.view.${view}`), content: <Queue view={view} /> }))} />
      <ApprovalDrawer id={id} onClose={() => setFilters({ id: undefined })} />
      <DeputyDrawer isOpen={isAway} onClose={() => setAway(false)} />
    </PageFrame>
  );
}

function Queue({ view }: { view: string }) {
  const { t } = useTranslation();
  const clock = useClock();
  const words = useWords();
  const joined = useJoined();
  const [{ kind, state }, setFilters] = useFilters();
  const columns: Column<ApprovalSummary>[] = [
    { title: t("approval.what"), isWide: true, render: (one) => <div><button type="button" className="approval-title" onClick={() => setFilters({ id: one.id })}>{words(one.title)}</button>{one.reason ? <div className="soft approval-reason">{one.reason}</div> : null}</div> },
    { title: t("approval.askedBy"), render: (one) => <div>{one.askedBy?.name ?? t("approval.byMember")}<div className="soft">{clock.instant(one.askedAt)}</div></div> },
    { title: t("approval.step"), isWide: true, render: (one) => (one.state === "waiting" ? <div>{stepName(t, one.stepName)}{one.steps > 1 ? <span className="soft"> {one.stepNo + 1}/{one.steps}</span> : null}<div className="soft">{joined(one.waitsFor.slice(0, 3))}{one.waitsFor.length > 3 ? ` +${one.waitsFor.length - 3}` : ""}</div></div> : clock.instant(one.endedAt)) },
    { title: t("approval.due"), render: (one) => (one.dueAt ? <span className={one.state === "waiting" && Date.parse(one.dueAt) < Date.now() ? "bad" : undefined}>{clock.instant(one.dueAt)}</span> : "—") },
    { title: t("approval.stateTitle"), render: (one) => <><Tag color={stateColours[one.state]}>{t(`approval.state.${one.state}`)}</Tag>{one.hasFailed ? <Tag color="warning">{t("approval.failedShort")}</Tag> : null}</> },
  ];
  return (
    <div className="stack">
      <div className="filter-bar">
        <Select allowClear className="filter-choice" aria-label={t("approval.kindTitle")} placeholder={t("approval.kindTitle")} value={kind} onChange={(value) => setFilters({ kind: value })} options={kinds.map((one) => ({ value: one, label: t(`approval.kind.${one}`) }))} />
        {view === "mine" ? null : <Select allowClear className="filter-choice" aria-label={t("approval.stateTitle")} placeholder={t("approval.stateTitle")} value={state} onChange={(value) => setFilters({ state: value })} options={states.map((one) => ({ value: one, label: t(`approval.state.${one}`) }))} />}
      </div>
      <DataTable label={t("approval.page")} path="/approvals" query={{ view, kind, state: view === "mine" ? undefined : state }} columns={columns} rowKey={(one) => one.id} emptyTitle={t(`approval.none.${view}`)} />
    </div>
  );
}
