import { fieldProblem, forbidden } from "../../../kernel/problem.ts";
import { may, type Scope } from "../../../kernel/scope.ts";
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

/** The target of a key. Throws `invalid` where there is none, `forbidden` for those who may not write it by hand. */
export async function findTarget(scope: Scope, targets: readonly ImportTarget[], key: string): Promise<FoundTarget> {
  for (const target of targets) {
    const description = (await target.describe(scope)).find((one) => one.key === key);
    if (!description) continue;
    if (!may(scope.actor, description.can)) throw forbidden({ detail: `Needs ${description.can}`, permission: description.can });
    return { target, description };
  }
  throw fieldProblem("target", "unknown", "files cannot be imported into this");
}

/** The fields of a target, none where it is gone. */
export const fieldsOf = async (scope: Scope, targets: readonly ImportTarget[], key: string): Promise<readonly TargetField[]> =>
  (await describeTargets(scope, targets)).find((one) => one.key === key)?.fields ?? [];
