import { DownloadOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "../../../design/data-table.tsx";
import { TabList } from "../../../design/tab-list.tsx";
import { languageOf } from "../../../language/language.ts";
import { type Import, type ImportRow, useFieldNames } from "./import.ts";
import { RowChanges } from "./row-changes.tsx";
import { RowReasons, useReasonText } from "./row-reasons.tsx";

/** What the server calls the question of each kind of tab. */
const asked = { verdicts: "verdict", outcomes: "outcome", undos: "undo" } as const;
const order = {
  verdicts: ["new", "changed", "duplicate", "unchanged", "error", "skipped"], outcomes: ["created", "updated", "conflict", "refused"], undos: ["removed", "restored", "partly", "kept"],
} as const;
/** Rows of which there is something to compare. */
const compared: ReadonlySet<string> = new Set(["new", "changed", "created", "updated", "conflict", "removed", "restored", "partly"]);
/** Rows that were not done as the file has them: with reasons, and as a file to mend. */
const told: ReadonlySet<string> = new Set(["duplicate", "error", "skipped", "conflict", "refused", "partly", "kept"]);

/** The rows of an import by what became of them, with how many there are of each. */
export function RowTabs({ one, kind }: { one: Import; kind: keyof typeof asked }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const counts: Record<string, number> = one[kind];
  const shown = order[kind].filter((name) => (counts[name] ?? 0) > 0 || (kind === "verdicts" && name !== "skipped"));
  const active = chosen ?? shown.find((name) => (counts[name] ?? 0) > 0) ?? shown[0] ?? "";
  const tabs = shown.map((name) => ({ key: name, label: `${t(`import.${kind}.${name}`)} ${(counts[name] ?? 0).toLocaleString("en-US")}`, content: <Rows key={name} one={one} by={asked[kind]} value={name} /> }));
  return tabs.length > 0 ? <TabList label={t(`import.${kind}Label`)} tabs={tabs} active={active} onChange={setChosen} /> : null;
}

function Rows({ one, by, value }: { one: Import; by: (typeof asked)[keyof typeof asked]; value: string }) {
  const { t, i18n } = useTranslation();
  const fieldName = useFieldNames(one.target);
  const reasonText = useReasonText();
  const [reason, setReason] = useState<string | undefined>();
  const isTold = told.has(value);
  const isBrought = value === "new" || value === "created" || value === "removed";
  const columns: Column<ImportRow>[] = [
    { title: t("import.line"), align: "end", render: (row) => row.line },
    { title: t("import.title"), render: (row) => <RowTitle one={one} row={row} /> },
    ...(compared.has(value) ? [{ title: t(isBrought ? "import.values" : "import.changes"), isWide: true, render: (row: ImportRow) => <RowChanges target={one.target} row={row} fieldName={fieldName} /> }] : []),
    ...(isTold ? [{ title: t("import.reason"), isWide: true, render: (row: ImportRow) => <RowReasons reasons={row.reasons} fieldName={fieldName} /> }] : []),
  ];
  return (
    <div className="stack">
      {isTold ? (
        <div className="filter-bar">
          <Select className="filter-choice" allowClear aria-label={t("import.byReason")} placeholder={t("import.byReason")} value={reason ?? null} onChange={(next?: string) => setReason(next)} options={reasonCodes.map((code) => ({ value: code, label: reasonText(code, code) }))} />
          <Button icon={<DownloadOutlined />} href={`/api/console/imports/${one.id}/error-file?${by}=${value}&language=${languageOf(i18n)}`} download>{t("import.errorFile")}</Button>
        </div>
      ) : null}
      <DataTable<ImportRow> label={t(`import.${by}s.${value}`)} path={`/imports/${one.id}/rows`} query={{ [by]: value, reason }} columns={columns} rowKey={(row) => String(row.line)} emptyTitle={t("import.noRows")} />
    </div>
  );
}

/** What rows are refused or left alone for, the commonest first. */
const reasonCodes = [
  "repeated", "likely-same", "taken", "shared", "invalid", "not-a-date", "ambiguous-date", "not-a-number", "not-an-amount", "not-a-yes-or-no", "unknown-option", "unknown", "unknown-record", "ambiguous", "incomplete-date", "too-many", "required", "too-many-cells", "cell-too-long", "lost-digits", "unreadable-text", "not-known", "unknown-member", "not-active",
  "out-of-reach", "changed-since-check", "changed-since", "taken-since", "used", "gone", "referred-to", "claimed", "in-terms", "circular", "refused-row", "unknown-record-in-part", "duplicate", "rule",
] as const;

function RowTitle({ one, row }: { one: Import; row: ImportRow }) {
  const title = row.title || "—";
  if (!row.subjectId) return title;
  switch (one.target) {
    case "member": return <Link to="/members/$memberId" params={{ memberId: row.subjectId }}>{title}</Link>;
    // A product has no page of its own.
    case "product": return <Link to="/products" search={{ q: row.title } as never}>{title}</Link>;
    default: return <Link to="/records/$objectKey/$recordId" params={{ objectKey: one.target, recordId: row.subjectId }}>{title}</Link>;
  }
}
