import { useTranslation } from "react-i18next";
import type { ImportRow } from "./import.ts";

/** What a reason's code says, in the reader's language; `message` is the server's own word. */
export function useReasonText(): (code: string, message: string) => string {
  const { t } = useTranslation();
  return (code, message) => t(`import.reasons.${code}`, { defaultValue: t(`fieldError.${code}`, { defaultValue: t(`problem.${code}`, { defaultValue: message }) }) });
}

/** Why a row was not done as the file has it. */
export function RowReasons({ reasons, fieldName }: { reasons: ImportRow["reasons"]; fieldName: (key: string) => string }) {
  const reasonText = useReasonText();
  const { t } = useTranslation();
  if (reasons.length === 0) return "—";
  const reasonOf = (name: string | null, reason: string): string => (name === null ? reason : t("import.reasonOf", { name, reason }));
  return (
    <ul className="plain import-reasons">
      {reasons.map(({ column, field, code, message, value }) => (
        <li key={`${column ?? ""} ${field ?? ""} ${code}`}>
          {reasonOf(column ?? (field ? fieldName(field) : null), reasonText(code, message))}{value ? <> <code>{value}</code></> : null}
        </li>
      ))}
    </ul>
  );
}
