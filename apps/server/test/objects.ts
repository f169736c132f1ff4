import { expect } from "vitest";
import type { Answer } from "./client.ts";
import type { TestTenant } from "./tenant.ts";

export interface FieldView {
  id: string;
  key: string;
  filterable: string;
  settings: Record<string, unknown>;
}

/** An object `visit` for a test, with some fields. */
export async function visits(tenant: TestTenant, fields: readonly object[] = []) {
  const made = await tenant.console.post("/objects", { key: "visit", name: "拜访" });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  for (const field of fields) {
    const added = await tenant.console.post("/objects/visit/fields", { name: "字段", ...field });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
  }
  const idOf = async (key: string): Promise<FieldView> =>
    ((await tenant.console.get("/objects/visit")).body.fields as FieldView[]).find((field) => field.key === key) ?? expect.fail(key);
  const add = (values: object, more: object = {}) => tenant.console.post("/objects/visit/records", { fields: { name: "首访", ...values }, ...more });
  const list = (query: { filter?: object[]; [other: string]: unknown } = {}) =>
    tenant.console.get(`/objects/visit/records?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, name === "filter" ? JSON.stringify(value) : String(value)])).toString()}`);
  return { field: idOf, add, list };
}

export const wrongFields = (answer: Answer): Record<string, string> =>
  Object.fromEntries((answer.body.errors as { field: string; code: string }[] ?? []).map((error) => [error.field, error.code]));
export const names = (answer: Answer): string[] => (answer.body.items as { title: string }[]).map((item) => item.title);
