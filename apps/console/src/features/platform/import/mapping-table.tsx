import { Select, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type Column, RowTable } from "../../../design/data-table.tsx";
import { type Import, type ImportColumn, type ImportField, nameIn } from "./import.ts";
import { type Draft, withColumn } from "./mapping.ts";

interface Props {
  one: Import;
  fields: readonly ImportField[];
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}

const shownSamples = 3;

/** The file's columns with a few of their cells, and where each goes. What was guessed says so. */
export function MappingTable({ one, fields, draft, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const options = fields.map((field) => ({ value: field.key, label: nameIn(i18n.language, field) + (field.isRequired ? " *" : "") }));
  const suggested = (column: ImportColumn) => (column.suggestion && draft.fieldAt.get(column.at) === column.suggestion.field ? <Tag color="processing">{t(`import.because.${column.suggestion.because}`)}</Tag> : null);
  const columns: Column<ImportColumn>[] = [
    { title: t("import.column"), render: (column) => <><strong>{column.header || t("import.noHeader", { no: column.at + 1 })}</strong>{column.isRepeated ? <div><Tag color="warning">{t("import.repeatedHeader")}</Tag></div> : null}</> },
    { title: t("import.samples"), isWide: true, render: (column) => <span className="soft import-samples">{column.samples.filter(Boolean).slice(0, shownSamples).join(t("rule.listComma")) || "—"}</span> },
    {
      title: t("import.field"),
      render: (column) => (
        <div className="import-field">
          <Select
            className="import-target" allowClear showSearch={{ optionFilterProp: "label" }} aria-label={t("import.fieldOf", { column: column.header || column.at + 1 })} placeholder={t("import.notTaken")}
            value={draft.fieldAt.get(column.at) ?? null} options={options} onChange={(key?: string) => onChange(withColumn(draft, column.at, fields.find((field) => field.key === key) ?? null))}
          />
          {suggested(column)}
        </div>
      ),
    },
  ];
  return <div className="panel table-panel"><RowTable<ImportColumn> label={t("import.columns")} columns={columns} rows={one.reading?.columns ?? []} rowKey={(column) => String(column.at)} /></div>;
}
