import { z } from "zod";
import { audit } from "../../kernel/audit.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { PackSection } from "../objects/index.ts";
import { blankEarnRule, changeEarnRule, createEarnRule, listEarnRules } from "./earn-rule.ts";
import { lockProgram } from "./program.lock.ts";
import { bumpProgram } from "./program.ts";
import { earnRuleFields, wholeEarnRule } from "./program.schema.ts";

/** A file knows no ids of tiers and stores, and whether a rule counts is the brand's to say. */
const wish = z.strictObject(earnRuleFields).omit({ tierIds: true, storeIds: true, isActive: true }).partial().required({ name: true }).superRefine((rule, context) => {
  for (const { path, message } of wholeEarnRule.safeParse({ ...blankEarnRule, ...rule }).error?.issues ?? []) context.addIssue({ code: "custom", path: [...path], message });
});

/** Earn rules of a pack; made paused. */
export const earnRuleSection: PackSection<z.output<typeof wish>> = {
  key: "earnRules", can: "loyalty.manage", wish,
  present: listEarnRules,
  make: (scope, rule) => createEarnRule(scope, { ...rule, isActive: false }),
  unmake: removeEarnRule,
};

/** A rule that nobody has touched since has never counted and goes; any other is paused. */
async function removeEarnRule(scope: Scope, id: string, madeAt: Date): Promise<boolean> {
  await lockProgram(scope);
  const row = await scope.tx.db.selectFrom("loyalty.earn_rule").select(["name", "state", "updated_at"]).where("id", "=", id).executeTakeFirst();
  if (!row) return true;
  if (row.state === "live" || row.updated_at.getTime() !== madeAt.getTime()) {
    if (row.state === "live") await changeEarnRule(scope, id, { isActive: false });
    return false;
  }
  await scope.tx.db.deleteFrom("loyalty.earn_rule").where("id", "=", id).execute();
  await bumpProgram(scope);
  audit(scope, { action: "earn-rule.remove", subjectKind: "earn-rule", subjectId: id, before: { name: row.name } });
  return true;
}
