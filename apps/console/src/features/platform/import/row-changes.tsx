import { useTranslation } from "react-i18next";
import type { ImportRow } from "./import.ts";

/** Field by field what is there and what would be; of a new row only what it brings. */
export function RowChanges({ row, isNew, fieldName }: { row: ImportRow; isNew: boolean; fieldName: (key: string) => string }) {
  const { t } = useTranslation();
  if (row.changes.length === 0) return "—";
  const text = (value: unknown): string => {
    if (value === null || value === undefined || value === "") return t("import.empty");
    if (typeof value === "boolean") return t(value ? "model.yes" : "model.no");
    if (Array.isArray(value)) return value.map(text).join(t("rule.listComma"));
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  return (
    <dl className="import-changes">
      {row.changes.map(({ field, from, to }) => (
        <div key={field}>
          <dt>{fieldName(field)}</dt>
          <dd>{isNew ? text(to) : <><del>{text(from)}</del> <span aria-hidden>→</span> <ins>{text(to)}</ins></>}</dd>
        </div>
      ))}
    </dl>
  );
}
