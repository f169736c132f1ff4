import type { z } from "zod";
import { audit } from "../../kernel/audit.ts";
import { fieldProblem, notFound, problem } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import type { rule, ruleBody, rulePatch } from "./coupon-rule.schema.ts";

export const ruleEnded = problem("promotions/rule-ended", 409, "The rule has ended");

type Rule = z.input<typeof rule>;
const MAX_RULES = 200;

export interface Conditions {
  minimumFen: number;
  storeIds: string[];
  channels: string[];
}

interface RuleRow {
  id: string;
  name: string;
  trigger: Rule["trigger"];
  template_id: string;
  template_name: string;
  count: number;
  conditions: Conditions;
  state: Rule["state"];
  created_at: Date;
  updated_at: Date;
}

const SELECT = `select r.id, r.name, r.trigger, r.template_id, t.name as template_name, r.count, r.conditions, r.state, r.created_at, r.updated_at
  from promotions.coupon_rule r join promotions.coupon_template t on t.tenant_id = $1 and t.id = r.template_id where r.tenant_id = $1`;

/** Newest first; a brand has few. */
export async function listRules(scope: Scope): Promise<{ items: Rule[]; nextCursor: null }> {
  const rows = await scope.tx.rows<RuleRow>(`${SELECT} order by r.id desc limit ${MAX_RULES}`, [scope.tenantId]);
  return { items: rows.map(viewOf), nextCursor: null };
}

export async function createRule(scope: Scope, body: z.output<typeof ruleBody>): Promise<Rule> {
  const id = newId<"coupon-rule">(scope);
  await refuseUnknownTemplate(scope, body.templateId);
  const { name, trigger, templateId, count, state, ...conditions } = body;
  await scope.tx.db.insertInto("promotions.coupon_rule").values({
    id, name, trigger, template_id: templateId, count, conditions: JSON.stringify(conditions), state, created_at: scope.now, updated_at: scope.now,
  }).execute();
  audit(scope, { action: "coupon-rule.create", subjectKind: "coupon-rule", subjectId: id, after: body });
  return getRule(scope, id);
}

/** What it issued stays. */
export async function changeRule(scope: Scope, id: string, patch: z.output<typeof rulePatch>): Promise<Rule> {
  const before = await getRule(scope, id);
  if (before.state === "ended") throw ruleEnded();
  if (patch.templateId) await refuseUnknownTemplate(scope, patch.templateId);
  const { name = before.name, templateId = before.templateId, count = before.count, state = before.state } = patch;
  const { minimumFen = before.minimumFen, storeIds = before.storeIds, channels = before.channels } = patch;
  if (before.trigger === "member-joined" && minimumFen > 0) throw fieldProblem("minimumFen", "not-for-this", "is for orders");
  await scope.tx.db.updateTable("promotions.coupon_rule").set({
    name, template_id: templateId, count, state, conditions: JSON.stringify({ minimumFen, storeIds, channels }), updated_at: scope.now,
  }).where("id", "=", id).execute();
  const after = await getRule(scope, id);
  audit(scope, { action: "coupon-rule.change", subjectKind: "coupon-rule", subjectId: id, before, after });
  return after;
}

export async function getRule(scope: Scope, id: string): Promise<Rule> {
  const [row] = await scope.tx.rows<RuleRow>(`${SELECT} and r.id = $2`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such rule" });
  return viewOf(row);
}

export interface LiveRule extends Conditions {
  id: string;
  /** What happened before it was made does not count. */
  since: Date;
  templateId: string;
  count: number;
}

export async function liveRules(scope: Scope, trigger: Rule["trigger"]): Promise<LiveRule[]> {
  const rows = await scope.tx.rows<RuleRow>(`${SELECT} and r.trigger = $2 and r.state = 'live' and t.state = 'live' order by r.id`, [scope.tenantId, trigger]);
  return rows.map((row) => ({ id: row.id, since: row.created_at, templateId: row.template_id, count: row.count, ...row.conditions }));
}

async function refuseUnknownTemplate(scope: Scope, templateId: string): Promise<void> {
  const rows = await scope.tx.rows("select 1 from promotions.coupon_template where tenant_id = $1 and id = $2", [scope.tenantId, templateId]);
  if (rows.length === 0) throw fieldProblem("templateId", "unknown", "no such coupon template");
}

const viewOf = ({ template_id, template_name, created_at, updated_at, conditions, ...row }: RuleRow): Rule => ({
  ...row, ...conditions, templateId: template_id, templateName: template_name, createdAt: created_at.toISOString(), updatedAt: updated_at.toISOString(),
});
