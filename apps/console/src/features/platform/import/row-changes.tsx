import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useClock } from "../../../design/clock.ts";
import { formatFen } from "../../../design/money.ts";
import { useStoreName } from "../../../shell/store-choice.ts";
import type { Birthday } from "../../customers/member.ts";
import { BirthdayText } from "../../customers/member-profile.tsx";
import { objectsQuery } from "../../objects/object.ts";
import { ValueText } from "../../objects/value-text.tsx";
import { type ImportRow, targetsQuery } from "./import.ts";

/** Field by field what is there and what would be; of a new row only what it brings. */
export function RowChanges({ target, row, fieldName }: { target: string; row: ImportRow; fieldName: (key: string) => string }) {
  const valueOf = useValueText(target);
  if (row.changes.length === 0) return "—";
  const isNew = row.verdict === "new";
  return (
    <dl className="import-changes">
      {row.changes.map(({ field, from, to }) => (
        <div key={field}>
          <dt>{fieldName(field)}</dt>
          <dd>{isNew ? valueOf(field, to, row.references) : <><del>{valueOf(field, from, row.references)}</del> <span aria-hidden>→</span> <ins>{valueOf(field, to, row.references)}</ins></>}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A value as people read it: an own field by its kind, what every member or product has by what it is. */
function useValueText(target: string): (field: string, value: unknown, references: ImportRow["references"]) => ReactNode {
  const { t } = useTranslation();
  const clock = useClock();
  const storeName = useStoreName();
  const objects = useQuery(objectsQuery);
  const targets = useQuery(targetsQuery);
  const object = objects.data?.items.find((one) => one.key === target);
  const kinds = new Map(targets.data?.items.find((one) => one.key === target)?.fields.map((field) => [field.key, field.kind]));
  const text = (key: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map((one) => text(key, one)).join(t("rule.listComma"));
    if (kinds.get(key) === "store") return storeName(String(value));
    if (kinds.get(key) === "money") return formatFen(Number(value));
    if (kinds.get(key) === "instant") return clock.instant(String(value));
    if (typeof value === "boolean") return t(value ? "model.yes" : "model.no");
    if (key === "gender") return t(`member.genders.${String(value)}`, { defaultValue: String(value) });
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  return (key, value, references) => {
    if (value === null || value === undefined || value === "") return t("import.empty");
    if (target === "member" && key === "birthday" && typeof value === "object") return <BirthdayText birthday={value as Birthday} />;
    const field = object?.fields.find((one) => (object.isBuiltIn ? `custom.${one.key}` : one.key) === key);
    return field ? <ValueText field={field} value={value} references={references} /> : text(key, value);
  };
}
