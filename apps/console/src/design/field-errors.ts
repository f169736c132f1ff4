import type { FormInstance } from "antd";
import type { TFunction } from "i18next";
import { fieldSentence, problemOf } from "../api/problem.ts";

/** "lines.0.quantity" → ["lines", 0, "quantity"], as forms name their fields. */
export function fieldPath(field: string): (string | number)[] {
  return field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

export function showFieldErrors<Values>(form: FormInstance<Values>, error: unknown, t: TFunction) {
  const shown = new Set(shownFields(form, error));
  const errors = (problemOf(error).errors ?? []).filter((one) => shown.has(one.field));
  form.setFields(errors.map((one) => ({ name: fieldPath(one.field) as never, errors: [fieldSentence(t, one)] })));
  if (errors[0]) form.scrollToField(fieldPath(errors[0].field) as never, { block: "center", focus: true });
}

export function shownFields<Values>(form: FormInstance<Values>, error: unknown): string[] {
  const registered = new Set(form.getFieldsError().map((field) => field.name.join(".")));
  return (problemOf(error).errors ?? []).map((one) => one.field).filter((field) => registered.has(field));
}
