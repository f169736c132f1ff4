import { useTranslation } from "react-i18next";
import type { ImportRow } from "./import.ts";

/** Why a row was not done as the file has it. */
export function RowReasons({ reasons, fieldName }: { reasons: ImportRow["reasons"]; fieldName: (key: string) => string }) {
  const { t } = useTranslation();
  if (reasons.length === 0) return "—";
  return (
    <ul className="plain import-reasons">
      {reasons.map(({ column, field, code, message, value }) => (
        <li key={`${column ?? ""} ${field ?? ""} ${code}`}>
          {column ?? (field ? fieldName(field) : "")} {t(`import.reasons.${code}`, { defaultValue: t(`fieldError.${code}`, { defaultValue: message }) })}{value ? <> <code>{value}</code></> : null}
        </li>
      ))}
    </ul>
  );
}
