import { audit } from "../../kernel/audit.ts";
import { refuseInvalid, zodCheck } from "../../kernel/http/shape.ts";
import { notFound, type FieldError } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { patched } from "./patch.ts";
import { lockProgram } from "./program.lock.ts";
import { EVERYBODY } from "./counter.ts";
import { bumpProgram, type RuleDefinition } from "./program.ts";
import { wholeEarnRule, type EarnRulePatch, type EarnRuleWire } from "./program.schema.ts";

interface EarnRuleRow {
  id: string;
  name: string;
  definition: RuleDefinition;
  priority: number;
  state: string;
  used?: number | null;
}

export const blankEarnRule: Omit<EarnRuleWire, "id" | "name"> = {
  multiplierPercent: null, bonusPoints: null, unitPoints: null, rate: null, sources: ["order"], birthday: null, minNetFen: null, group: null, isLast: false,
  maxPerOrder: null, maxPerDay: null, maxPerMember: null, budget: null, growth: null,
  weekdays: [], timeSlots: [], tierIds: [], storeIds: [], channels: [], categories: [], skus: [], tags: [], firstOrder: false,
  from: null, until: null, priority: 100, isActive: true, budgetUsed: null,
};

export async function createEarnRule(scope: Scope, body: EarnRulePatch & { name: string }): Promise<EarnRuleWire> {
  const { name, ...rest } = body;
  const rule: EarnRuleWire = { ...patched(blankEarnRule, rest), name, id: newId<"earn-rule">(scope) };
  refuseIneffective(rule);
  await lockProgram(scope);
  await scope.tx.db.insertInto("loyalty.earn_rule").values({ id: rule.id, ...columnsOf(rule), updated_at: scope.now }).execute();
  await bumpProgram(scope);
  audit(scope, { action: "earn-rule.create", subjectKind: "earn-rule", subjectId: rule.id, after: rule });
  return rule;
}

/** Names every field that is wrong, of the rule as it would stand. */
function refuseIneffective(rule: object): void {
  const errors: FieldError[] = [];
  zodCheck(wholeEarnRule)(rule, "", errors);
  refuseInvalid(errors);
}

export async function changeEarnRule(scope: Scope, id: string, patch: EarnRulePatch): Promise<EarnRuleWire> {
  await lockProgram(scope);
  const [row] = await scope.tx.rows<EarnRuleRow>(
    `select id, name, definition, priority, state, ${USED} from loyalty.earn_rule r where tenant_id = $1 and id = $2`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such earn rule" });
  const before = wireOf(row);
  const after = patched(before, patch);
  refuseIneffective(after);
  await scope.tx.db.updateTable("loyalty.earn_rule").set({ ...columnsOf(after), updated_at: scope.now }).where("id", "=", id).execute();
  await bumpProgram(scope);
  audit(scope, { action: "earn-rule.change", subjectKind: "earn-rule", subjectId: id, before, after });
  return after;
}

const USED = `(select c.used from loyalty.points_counter c
  where c.tenant_id = $1 and c.counted = r.id::text and c.period = 'all' and c.holder_id = '${EVERYBODY}') as used`;

/** The ones that count first, first. */
export async function listEarnRules(scope: Scope): Promise<EarnRuleWire[]> {
  const rows = await scope.tx.rows<EarnRuleRow>(
    `select id, name, definition, priority, state, ${USED} from loyalty.earn_rule r where tenant_id = $1 order by priority desc, id`, [scope.tenantId]);
  return rows.map(wireOf);
}

/** Which of these products a rule for points speaks of. */
export async function skusInEarnRules({ tx, tenantId }: Scope, skus: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ sku: string }>(
    `select distinct named.sku #>> '{}' as sku from loyalty.earn_rule r cross join lateral jsonb_path_query(r.definition, '$.scope.skus[*]') as named(sku)
      join unnest($2::text[]) as asked(sku) on asked.sku = named.sku #>> '{}' where r.tenant_id = $1`, [tenantId, skus]);
  return rows.map((row) => row.sku);
}

const some = <T>(list: readonly T[]): readonly T[] | null => (list.length > 0 ? list : null);

/** What is not set stays out of the definition: the engine reads it for every order. */
const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== false)) as Partial<T>;

export function definitionOf(rule: Omit<EarnRuleWire, "id">): RuleDefinition {
  const { multiplierPercent, bonusPoints, unitPoints, rate, birthday, minNetFen, group, growth, maxPerDay: perDay, maxPerMember: perMember, budget } = rule;
  const isCounted = [perDay, perMember, budget].some((cap) => cap !== null);
  return {
    ...given({ multiplierPercent, bonusPoints, unitPoints, rate, birthday, minNetFen, group, growth, last: rule.isLast, maxPoints: rule.maxPerOrder }) as object,
    sources: rule.sources, ...(isCounted ? { caps: { perDay, perMember, budget } } : {}),
    scope: {
      weekdays: some(rule.weekdays), timeSlots: some(rule.timeSlots), tiers: some(rule.tierIds), stores: some(rule.storeIds), channels: some(rule.channels),
      categories: some(rule.categories), skus: some(rule.skus), tags: some(rule.tags), firstOrder: rule.firstOrder || null, from: rule.from, until: rule.until,
    },
  };
}

function columnsOf(rule: Omit<EarnRuleWire, "id">) {
  return { name: rule.name, definition: JSON.stringify(definitionOf(rule)), priority: rule.priority, state: rule.isActive ? "live" : "paused" };
}

function wireOf({ id, name, definition, priority, state, used }: EarnRuleRow): EarnRuleWire {
  const { scope, caps, sources } = definition;
  return {
    id, name, multiplierPercent: definition.multiplierPercent ?? null, bonusPoints: definition.bonusPoints ?? null, unitPoints: definition.unitPoints ?? null,
    rate: definition.rate ?? null, sources: [...(sources ?? ["order"])], birthday: definition.birthday ?? null, minNetFen: definition.minNetFen ?? null,
    group: definition.group ?? null, isLast: definition.last ?? false, growth: definition.growth ?? null,
    maxPerOrder: definition.maxPoints ?? null, maxPerDay: caps?.perDay ?? null, maxPerMember: caps?.perMember ?? null, budget: caps?.budget ?? null,
    budgetUsed: caps?.budget ? used ?? 0 : null,
    weekdays: [...(scope?.weekdays ?? [])], timeSlots: [...(scope?.timeSlots ?? [])], tierIds: [...(scope?.tiers ?? [])],
    storeIds: [...(scope?.stores ?? [])], channels: [...(scope?.channels ?? [])], categories: [...(scope?.categories ?? [])], skus: [...(scope?.skus ?? [])],
    tags: [...(scope?.tags ?? [])], firstOrder: scope?.firstOrder ?? false, from: scope?.from ?? null, until: scope?.until ?? null, priority, isActive: state === "live",
  };
}
