import { instantOf } from "../../../kernel/days.ts";
import type { TargetField } from "../../platform/index.ts";
import { optionsOf, type Definition, type Field } from "../definition.ts";
import type { Kind } from "../kind.ts";

/** How a cell becomes a value of each kind; what nobody types into a cell is left out. */
const CELLS: Partial<Record<Kind, TargetField["kind"]>> = {
  text: "text", "long-text": "text", number: "number", money: "money", date: "date", time: "instant", boolean: "boolean", choice: "choice", choices: "choices", reference: "text", phone: "phone",
  email: "text", url: "text",
};

const importable = (definition: Definition): Field[] => definition.fields.filter((field) => !field.isArchived && CELLS[field.kind] !== undefined);

/** An object's fields as columns of a file. `prefix`: of a core noun they stand beside its own. */
export const columnsOf = (definition: Definition, prefix = ""): TargetField[] => importable(definition).map((field): TargetField => ({
  ...accessOf(definition, field), key: prefix + field.key, name: field.name, nameEn: field.nameEn || field.name, kind: CELLS[field.kind] ?? "text", isRequired: prefix === "" && field.isRequired, isIdentifier: prefix === "" && field.isUnique,
  ...(field.kind === "reference" ? { isReference: true } : {}), isPersonal: field.kind === "phone" || field.kind === "email",
  ...(field.kind === "choice" || field.kind === "choices" ? { options: optionsOf(field).filter((option) => !option.isRetired).map(({ key, name, nameEn }) => ({ key, name, nameEn })) } : {}),
}));

function accessOf(definition: Definition, field: Field): Pick<TargetField, "access"> {
  const access = definition.access.get(field.id);
  return access ? { access } : {};
}

/** What a cell gave, as the field takes it: moments in the tenant's zone, many that are referred to in a list. Their names may hold blanks. */
export function valueFrom(zone: string, field: Field, value: unknown): unknown {
  if (field.kind === "time") return instantOf(String(value), zone).toISOString();
  return field.kind === "reference" && field.settings.isMany ? String(value).split(/[,，;；、|\n]/).map((one) => one.trim()).filter(Boolean) : value;
}
