import { Problem } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { tagMember } from "../../customers/index.ts";
import { issueIfLeft } from "../../promotions/index.ts";
import type { StageChange } from "./life-stage.ts";
import type { LifecycleRules } from "./lifecycle.schema.ts";

const DAY_MS = 86_400_000;

/**
 * Gives members whose rows are locked what the stage that they enter brings, and notes it in `given`. Whoever entered the same stage within the rest, and
 * whoever nobody had looked at before (unless the life as a customer begins now), gets nothing. What cannot be given, since coupons are used up, say, is left out: the stage is entered all the same.
 */
export async function act(scope: Scope, rules: LifecycleRules, entered: readonly StageChange[]): Promise<void> {
  const due = entered.filter((one) => rules.actions[one.to] && (one.from !== null || one.to === "aware" || one.to === "first"));
  const rested = await resting(scope, due, rules.restDays);
  for (const [stage, action] of Object.entries(rules.actions)) {
    const here = due.filter((one) => one.to === stage && !rested.has(one.memberId));
    if (!action || here.length === 0) continue;
    if (action.tag) await tag(scope, action.tag, here);
    if (action.couponTemplateId) await issue(scope, action.couponTemplateId, here);
  }
}

async function resting({ tx, tenantId, now }: Scope, due: readonly StageChange[], restDays: number): Promise<Set<string>> {
  if (due.length === 0 || restDays === 0) return new Set();
  const rows = await tx.rows<{ member_id: string; to_stage: string }>(
    "select member_id, to_stage from loyalty.life_stage_change where tenant_id = $1 and member_id = any($2::uuid[]) and at > $3 and given <> '{}'",
    [tenantId, due.map((one) => one.memberId), new Date(now.getTime() - restDays * DAY_MS)]);
  return new Set(rows.filter((row) => due.some((one) => one.memberId === row.member_id && one.to === row.to_stage)).map((row) => row.member_id));
}

async function tag(scope: Scope, word: string, here: readonly StageChange[]): Promise<void> {
  for (const one of here) {
    try {
      await tagMember(scope, one.memberId, word);
      one.given.push("tag");
    } catch (error) {
      // As many tags as one may have: refused before anything is written.
      if (!(error instanceof Problem)) throw error;
    }
  }
}

async function issue(scope: Scope, templateId: string, here: readonly StageChange[]): Promise<void> {
  const receivers = new Set(await issueIfLeft(scope, templateId, here.map((one) => one.memberId), { how: "issued" }));
  for (const one of here) if (receivers.has(one.memberId)) one.given.push("coupon");
}
