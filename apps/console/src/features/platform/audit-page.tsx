import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../design/clock.ts";
import { type Column, DataTable } from "../../design/data-table.tsx";
import { FilterBar } from "../../design/filter-bar.tsx";
import { useFilters } from "../../design/filters.ts";
import { Fact, Facts, PageFrame } from "../../design/page-frame.tsx";
import { ExportButton } from "./export-button.tsx";

interface AuditEntry {
  id: string;
  at: string;
  actor: { kind: string; id: string | null; name: string };
  /** `<noun>.<verb>` */
  action: string;
  subject: { kind: string; id: string };
  before: unknown;
  after: unknown;
  reason: string | null;
  ip: string;
  requestId: string;
}

export function AuditPage() {
  const { t } = useTranslation();
  const clock = useClock();
  const [{ actor, action, subject, from, until }] = useFilters();
  const query = { actor, action, subject, from, to: until };
  const [opened, setOpened] = useState<AuditEntry | null>(null);
  const kindOf = (entry: AuditEntry) => t(`audit.kind.${entry.subject.kind}`, { defaultValue: entry.subject.kind });
  const columns: Column<AuditEntry>[] = [
    { title: t("audit.at"), render: (entry) => clock.instant(entry.at) },
    { title: t("audit.actor"), render: (entry) => entry.actor.name || entry.actor.kind },
    { title: t("audit.action"), render: (entry) => t(`auditAction.${entry.action}`, { defaultValue: entry.action }) },
    { title: t("audit.subject"), isWide: true, render: (entry) => <span>{kindOf(entry)} <code>{entry.subject.id}</code></span> },
    { title: t("audit.from"), render: (entry) => entry.ip || "—" },
    { title: "", render: (entry) => <Button size="small" onClick={() => setOpened(entry)}>{t("audit.detail")}</Button> },
  ];
  return (
    <PageFrame title={t("menu.audit")} lead={t("audit.lead")} actions={<ExportButton kind="audit-entries" query={query} />}>
      <FilterBar
        filters={[
          { kind: "search", name: "actor", label: t("audit.actor") },
          { kind: "search", name: "action", label: t("audit.action") },
          { kind: "search", name: "subject", label: t("audit.subject") },
          { kind: "day", name: "from", label: t("form.from") },
          { kind: "day", name: "until", label: t("form.until") },
        ]}
      />
      <DataTable<AuditEntry> label={t("menu.audit")} path="/audit-entries" query={query} columns={columns} rowKey={(entry) => entry.id} emptyTitle={t("audit.none")} />
      <Drawer title={t("audit.detail")} open={opened !== null} onClose={() => setOpened(null)} size={Math.min(560, window.innerWidth)}>
        {opened ? <EntryDetail entry={opened} /> : null}
      </Drawer>
    </PageFrame>
  );
}

function EntryDetail({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation();
  const clock = useClock();
  return (
    <div className="stack">
      <Facts>
        <Fact label={t("audit.at")}>{clock.instant(entry.at)}</Fact>
        <Fact label={t("audit.actor")}>{entry.actor.name || entry.actor.kind}</Fact>
        <Fact label={t("audit.action")}>{entry.action}</Fact>
        <Fact label={t("audit.subject")}>{t(`audit.kind.${entry.subject.kind}`, { defaultValue: entry.subject.kind })} <code>{entry.subject.id}</code></Fact>
        <Fact label={t("form.reason")}>{entry.reason ?? "—"}</Fact>
        <Fact label={t("audit.from")}>{entry.ip || "—"}</Fact>
        <Fact label={t("state.requestId")}>{entry.requestId || "—"}</Fact>
      </Facts>
      {(["before", "after"] as const).map((side) => (
        <section key={side}>
          <h3>{t(`audit.${side}`)}</h3>
          <pre className="secret">{entry[side] ? JSON.stringify(entry[side], null, 2) : "—"}</pre>
        </section>
      ))}
    </div>
  );
}
