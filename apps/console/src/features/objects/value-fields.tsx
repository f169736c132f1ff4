import { Form } from "antd";
import { useTranslation } from "react-i18next";
import { groupsOf } from "./layout.ts";
import { type CustomObject, type Field, isWritten, useLabel } from "./object.ts";
import { ValueInput } from "./value-input.tsx";

interface Props {
  object: CustomObject;
  /** Where the values stand in the form and on the wire. */
  at: "fields" | "custom";
  references?: Readonly<Record<string, string>> | undefined;
  /** What is masked begins empty: only in something new is that missing. */
  isNew?: boolean;
}

/** One input for each field that somebody may write; refused values carry the server's words. */
export function ValueFields({ object, at, references, isNew = false }: Props) {
  const { t } = useTranslation();
  const label = useLabel();
  return groupsOf(object).map(({ section, fields }) => {
    const inputs = fields.filter(isWritten).map((field) => (
      <Form.Item
        key={field.id}
        name={[at, field.key]}
        label={label(field)}
        {...(field.hint ? { extra: field.hint } : {})}
        rules={[{ required: field.isRequired && (isNew || !isSealed(field)), message: t("form.required") }]}
      >
        <ValueInput field={field} references={references} />
      </Form.Item>
    ));
    return inputs.length === 0 ? null : section ? <fieldset key={section.name} className="form-section"><legend>{label(section)}</legend>{inputs}</fieldset> : inputs;
  });
}

const isSealed = (field: Field): boolean => field.kind === "phone" || field.kind === "email";

/** What is masked cannot be edited as it is shown: such fields begin empty, and stay as they are unless somebody types. */
export const startOf = (fields: readonly Field[], values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(fields.filter((field) => isWritten(field) && !isSealed(field)).map((field) => [field.key, values[field.key] ?? null]));

/** What somebody changed. */
export const changesOf = (typed: Readonly<Record<string, unknown>> = {}, before: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(typed).filter(([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(before[key] ?? null)));
