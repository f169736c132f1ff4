import type { EarnRule } from "@shuke/offers";
import { audit } from "../../kernel/audit.ts";
import { refuseInvalid, zodCheck } from "../../kernel/http/shape.ts";
import { notFound, type FieldError } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { patched } from "./patch.ts";
import { lockProgram } from "./program.lock.ts";
import { bumpProgram } from "./program.ts";
import { wholeEarnRule, type EarnRulePatch, type EarnRuleWire } from "./program.schema.ts";

type Definition = Omit<EarnRule, "id" | "name"> & { multiplierPercent: number };

interface EarnRuleRow {
  id: string;
  name: string;
  definition: Definition;
  priority: number;
  state: string;
}

const BLANK: Omit<EarnRuleWire, "id" | "name" | "multiplierPercent"> = {
  weekdays: [], timeSlots: [], tierIds: [], storeIds: [], channels: [], categories: [], skus: [], tags: [], firstOrder: false,
  from: null, until: null, priority: 100, isActive: true,
};

export async function createEarnRule(scope: Scope, body: EarnRulePatch & { name: string; multiplierPercent: number }): Promise<EarnRuleWire> {
  const { name, multiplierPercent, ...rest } = body;
  const rule: EarnRuleWire = { ...patched(BLANK, rest), name, multiplierPercent, id: newId<"earn-rule">(scope) };
  await lockProgram(scope);
  await scope.tx.db.insertInto("loyalty.earn_rule").values({ id: rule.id, ...columnsOf(rule), updated_at: scope.now }).execute();
  await bumpProgram(scope);
  audit(scope, { action: "earn-rule.create", subjectKind: "earn-rule", subjectId: rule.id, after: rule });
  return rule;
}

export async function changeEarnRule(scope: Scope, id: string, patch: EarnRulePatch): Promise<EarnRuleWire> {
  await lockProgram(scope);
  const [row] = await scope.tx.rows<EarnRuleRow>(
    "select id, name, definition, priority, state from loyalty.earn_rule where tenant_id = $1 and id = $2", [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such earn rule" });
  const before = wireOf(row);
  const errors: FieldError[] = [];
  const after = zodCheck(wholeEarnRule)({ ...before, ...patch }, "", errors) as Omit<EarnRuleWire, "id">;
  refuseInvalid(errors);
  await scope.tx.db.updateTable("loyalty.earn_rule").set({ ...columnsOf(after), updated_at: scope.now }).where("id", "=", id).execute();
  await bumpProgram(scope);
  audit(scope, { action: "earn-rule.change", subjectKind: "earn-rule", subjectId: id, before, after });
  return { ...after, id };
}

export async function listEarnRules(scope: Scope): Promise<EarnRuleWire[]> {
  const rows = await scope.tx.rows<EarnRuleRow>(
    "select id, name, definition, priority, state from loyalty.earn_rule where tenant_id = $1 order by priority, id", [scope.tenantId]);
  return rows.map(wireOf);
}

const some = <T>(list: readonly T[]): readonly T[] | null => (list.length > 0 ? list : null);

function columnsOf(rule: Omit<EarnRuleWire, "id">) {
  const definition: Definition = {
    multiplierPercent: rule.multiplierPercent,
    scope: {
      weekdays: some(rule.weekdays), timeSlots: some(rule.timeSlots), tiers: some(rule.tierIds), stores: some(rule.storeIds), channels: some(rule.channels),
      categories: some(rule.categories), skus: some(rule.skus), tags: some(rule.tags), firstOrder: rule.firstOrder || null, from: rule.from, until: rule.until,
    },
  };
  return { name: rule.name, definition: JSON.stringify(definition), priority: rule.priority, state: rule.isActive ? "live" : "paused" };
}

function wireOf({ id, name, definition: { multiplierPercent, scope }, priority, state }: EarnRuleRow): EarnRuleWire {
  return {
    id, name, multiplierPercent, weekdays: [...(scope?.weekdays ?? [])], timeSlots: [...(scope?.timeSlots ?? [])], tierIds: [...(scope?.tiers ?? [])],
    storeIds: [...(scope?.stores ?? [])], channels: [...(scope?.channels ?? [])], categories: [...(scope?.categories ?? [])], skus: [...(scope?.skus ?? [])],
    tags: [...(scope?.tags ?? [])], firstOrder: scope?.firstOrder ?? false, from: scope?.from ?? null, until: scope?.until ?? null, priority, isActive: state === "live",
  };
}
