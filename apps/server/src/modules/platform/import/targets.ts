import { fieldProblem, forbidden, invalid } from "../../../kernel/problem.ts";
import { may, type Scope } from "../../../kernel/scope.ts";
import type { Mapping } from "./import.schema.ts";
import type { ImportTarget, TargetDescription, TargetField } from "./target.ts";

export async function describeTargets(scope: Scope, targets: readonly ImportTarget[]): Promise<TargetDescription[]> {
  const described: TargetDescription[] = [];
  for (const target of targets) described.push(...await target.describe(scope));
  return described;
}

export interface FoundTarget {
  target: ImportTarget;
  description: TargetDescription;
}

/** The target of a key, also for those who only look; nothing where it is gone. */
export async function targetOf(scope: Scope, targets: readonly ImportTarget[], key: string): Promise<FoundTarget | undefined> {
  for (const target of targets) {
    const description = (await target.describe(scope)).find((one) => one.key === key);
    if (description) return { target, description };
  }
  return undefined;
}

/** Throws `invalid` where there is none, `forbidden` for those who may not write it by hand. */
export async function findTarget(scope: Scope, targets: readonly ImportTarget[], key: string): Promise<FoundTarget> {
  const found = await targetOf(scope, targets, key);
  if (!found) throw fieldProblem("target", "unknown", "files cannot be imported into this");
  const { can } = found.description;
  if (!may(scope.actor, can)) throw forbidden({ detail: `Needs ${can}`, permission: can });
  return found;
}

/** The fields of a target, none where it is gone. */
export const fieldsOf = async (scope: Scope, targets: readonly ImportTarget[], key: string): Promise<readonly TargetField[]> => (await targetOf(scope, targets, key))?.description.fields ?? [];

export const writable = (fields: readonly TargetField[]): TargetField[] => fields.filter((field) => field.access === undefined);
export const visible = (fields: readonly TargetField[]): TargetField[] => fields.filter((field) => field.access !== "hidden");

/** Keys of mapped fields that the caller may not even see. */
export const hiddenIn = (fields: readonly TargetField[], mapping: Mapping | null): ReadonlySet<string> =>
  new Set(fields.filter((field) => field.access === "hidden" && mapping?.columns.some((column) => column.field === field.key)).map((field) => field.key));

/** A mapping is somebody's; whoever goes by it has to be allowed to write its fields too. Throws `invalid`. */
export function refuseKept(fields: readonly TargetField[], mapping: Mapping | null): void {
  const kept = new Set(fields.filter((field) => field.access !== undefined).map((field) => field.key));
  const errors = (mapping?.columns ?? []).flatMap(({ field }, at) => (kept.has(field) ? [{ field: `columns.${at}.field`, code: "read-only", message: "goes to a field that is not yours to write" }] : []));
  if (errors.length > 0) throw invalid({ errors, reason: "field-kept" });
}
