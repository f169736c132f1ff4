import { earnPoints } from "@shuke/offers";
import type { z } from "zod";
import { dayOf } from "../../kernel/days.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { blankEarnRule, definitionOf, listEarnRules } from "./earn-rule.ts";
import { activeFromOf, expiryOf } from "./lifetime.ts";
import { patched } from "./patch.ts";
import { lastGoodDay } from "./points.view.ts";
import { currentProgram, earningOf } from "./program.ts";
import type { EarnRuleWire, tryBody, tryReply } from "./program.schema.ts";
import { tierOf } from "./qualifying.ts";

/** What an amount would earn, rule by rule, with a draft among the live ones. Caps over time count as unused. */
export async function tryEarning(scope: Scope, body: z.output<typeof tryBody>): Promise<z.input<typeof tryReply>> {
  const program = await currentProgram(scope);
  const rules = withDraft(scope, (await listEarnRules(scope)).filter((rule) => rule.isActive), body.draft);
  const { earning, ruleNames } = earningOf(program, rules.map((rule) => ({ ...definitionOf(rule), id: rule.id, name: rule.name, priority: rule.priority })), program.tiers, scope.zone);
  const { source = "order", sku = "", category = null } = body;
  const at = body.at ? new Date(body.at) : scope.now;
  const context = {
    storeId: body.storeId ?? "", channel: body.channel ?? "till", source, now: at.getTime(),
    member: {
      tierId: body.tierId ?? tierOf(program, null)?.id ?? null, segments: [], firstOrder: body.firstOrder ?? false,
      birthday: body.birthday ? (["day", "week", "month"] as const) : [],
    },
  };
  const lines = body.amountFen > 0 ? [{ sku, category, tags: [], quantity: 1, netFen: body.amountFen }] : [];
  const earned = earnPoints(lines, earning, context);
  const activeFrom = activeFromOf(program, at, scope.zone);
  const expiresAt = expiryOf(program, at, scope.zone, activeFrom);
  return {
    points: earned.points, base: earnPoints(lines, { ...earning, rules: [] }, context).points,
    rules: earned.rules.map((rule) => ({ ...rule, name: ruleNames.get(rule.id) ?? "" })),
    activeOn: dayOf(activeFrom, scope.zone), expiresOn: expiresAt && lastGoodDay(expiresAt, scope.zone),
  };
}

function withDraft(scope: Scope, rules: readonly EarnRuleWire[], draft: z.output<typeof tryBody>["draft"]): EarnRuleWire[] {
  if (!draft) return [...rules];
  const { id, ...fields } = draft;
  const base = rules.find((rule) => rule.id === id) ?? { ...blankEarnRule, id: id ?? newId<"earn-rule">(scope), name: "…" };
  const tried = patched<EarnRuleWire>(base, fields);
  return [...rules.filter((rule) => rule.id !== base.id), ...(tried.isActive ? [tried] : [])];
}
