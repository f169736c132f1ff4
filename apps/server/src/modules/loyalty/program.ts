import type { EarnProgram, EarnRule } from "@shuke/offers";
import type { Fen, Points } from "../../kernel/money.ts";
import type { Scope } from "../../kernel/scope.ts";

export const POINTS = "points";

export interface Tier {
  id: string;
  rank: number;
  name: string;
  minSpendFen: Fen;
  minVisits: number;
  minGrowth: number;
  condition: "any" | "all";
  earnPercent: number;
  benefits: string[];
  color: string;
}

/** What a rule may give over time; the engine's own cap is for one order. */
export interface RuleCaps {
  /** to one member in a day */
  perDay: Points | null;
  /** to one member, ever */
  perMember: Points | null;
  /** to everybody together */
  budget: Points | null;
}

/** How an earn rule is stored: the engine's rule, the caps that need counting, the growth that it gives. */
export type RuleDefinition = Omit<EarnRule, "id" | "name" | "priority"> & { caps?: RuleCaps; growth?: number };

export interface CountedRule {
  id: string;
  caps: RuleCaps;
}

export interface Program {
  version: number;
  earnPoints: Points;
  earnPerFen: Fen;
  pendingKind: "none" | "days" | "return-window";
  pendingDays: number;
  expiryKind: "never" | "months" | "year-end" | "fixed-date" | "activation";
  expiryMonths: number;
  /** Of a fixed date, "12-31". */
  expiryDay: string;
  restoreGraceDays: number;
  spendPoints: Points;
  spendFen: Fen;
  spendStep: Points;
  maxOrderSharePercent: number;
  negativePolicy: "forbid" | "show" | "withhold" | "claw";
  /** What a member may pass on in a day; null: nothing. */
  transferDayLimit: Points | null;
  combine: "multiply" | "best" | "add";
  rounding: "half-up" | "down";
  maxPerOrder: Points | null;
  /** The most one member earns in a day. */
  maxPerDay: Points | null;
  tierWindowKind: "rolling" | "calendar-year" | "calendar-quarter" | "anniversary";
  tierWindowMonths: number;
  tierDowngrade: "one-down" | "balance-based";
  tierGraceDays: number;
  tierNoticeDays: number;
  tierRefundMonth: "order" | "refund";
  growthPoints: number;
  growthPerFen: Fen;
  growthPerVisit: number;
  /** By rank, lowest first. */
  tiers: readonly Tier[];
  /** Ready for the engine: rules and the tiers' multipliers. */
  earning: EarnProgram;
  /** Rules with caps that have to be counted; mostly none. */
  counted: readonly CountedRule[];
  /** Growth value that a rule gives when it counts. */
  growthOf: ReadonlyMap<string, number>;
  ruleNames: ReadonlyMap<string, string>;
  hasBirthdayRules: boolean;
}

const MAX_KEPT = 1_000;
/** A tier's multiplier goes first: a rule that says it is the last takes nothing from the tier. */
const BEFORE_RULES = 1_000;
const kept = new Map<string, Program>();
/** Transactions that have changed their tenant's program: what they read may never be committed, and its version be another's. */
const changing = new WeakSet<Scope["tx"]>();

type Settings = Omit<Program, "tiers" | "earning" | "counted" | "growthOf" | "ruleNames" | "hasBirthdayRules">;

const COLUMNS = `version, earn_points as "earnPoints", earn_per_fen as "earnPerFen", pending_kind as "pendingKind", pending_days as "pendingDays",
  expiry_kind as "expiryKind", expiry_months as "expiryMonths", coalesce(expiry_day, '12-31') as "expiryDay", restore_grace_days as "restoreGraceDays",
  spend_points as "spendPoints", spend_fen as "spendFen", spend_step as "spendStep", max_order_share_percent as "maxOrderSharePercent",
  negative_policy as "negativePolicy", transfer_day_limit as "transferDayLimit", earn_combine as combine, earn_rounding as rounding,
  earn_max_per_order as "maxPerOrder", earn_max_per_day as "maxPerDay", tier_window_kind as "tierWindowKind", tier_window_months as "tierWindowMonths",
  tier_downgrade as "tierDowngrade", tier_grace_days as "tierGraceDays", tier_notice_days as "tierNoticeDays", tier_refund_month as "tierRefundMonth",
  growth_points as "growthPoints", growth_per_fen as "growthPerFen", growth_per_visit as "growthPerVisit"`;

/** What applies to a tenant without a program of its own: nothing is earned, nothing to spend. */
const NO_PROGRAM: Settings = {
  version: 0, earnPoints: 0, earnPerFen: 100, pendingKind: "none", pendingDays: 0, expiryKind: "never", expiryMonths: 12, expiryDay: "12-31", restoreGraceDays: 0,
  spendPoints: 100, spendFen: 100, spendStep: 1, maxOrderSharePercent: 100, negativePolicy: "show", transferDayLimit: null, combine: "multiply", rounding: "half-up",
  maxPerOrder: null, maxPerDay: null, tierWindowKind: "rolling", tierWindowMonths: 12, tierDowngrade: "one-down", tierGraceDays: 0, tierNoticeDays: 30,
  tierRefundMonth: "order", growthPoints: 0, growthPerFen: 100, growthPerVisit: 0,
};

/** The program in force; its version is read each time, the rest comes from memory. */
export async function currentProgram(scope: Scope): Promise<Program> {
  const [row = NO_PROGRAM] = await scope.tx.rows<Settings>(`select ${COLUMNS} from loyalty.program where tenant_id = $1`, [scope.tenantId]);
  if (changing.has(scope.tx)) return readProgram(scope, row);
  const key = `${scope.tenantId}/${row.version}`;
  const known = kept.get(key);
  if (known) return known;
  const program = await readProgram(scope, row);
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, program);
  return program;
}

/** Call in the transaction of every change to program, earn rules or tiers: other processes see the new version at once. */
export async function bumpProgram(scope: Scope): Promise<void> {
  changing.add(scope.tx);
  await scope.tx.rows("update loyalty.program set version = version + 1, updated_at = $2 where tenant_id = $1", [scope.tenantId, scope.now]);
}

async function readProgram(scope: Scope, row: Settings): Promise<Program> {
  const [tierRows, ruleRows] = await Promise.all([
    scope.tx.db.selectFrom("loyalty.tier").selectAll().orderBy("rank").execute(),
    scope.tx.db.selectFrom("loyalty.earn_rule").select(["id", "name", "definition", "priority"]).where("state", "=", "live").orderBy("priority", "desc").orderBy("id").execute(),
  ]);
  const tiers = tierRows.map((tier): Tier => ({
    id: tier.id, rank: tier.rank, name: tier.name, minSpendFen: tier.min_spend_fen, minVisits: tier.min_visits, minGrowth: tier.min_growth,
    condition: tier.condition as Tier["condition"], earnPercent: tier.earn_percent, benefits: tier.benefits, color: tier.color,
  }));
  const rules = ruleRows.map(({ id, name, priority, definition }) => ({ ...(definition as RuleDefinition), id, name, priority }));
  return { ...row, tiers, ...earningOf(row, rules, tiers, scope.zone) };
}

/** What the engine is given, and what has to be counted beside it. Also for a draft that is only tried out. */
export function earningOf(settings: Settings, rules: readonly (RuleDefinition & EarnRule)[], tiers: readonly Tier[], zone: string) {
  const byTier = tiers.filter((tier) => tier.earnPercent !== 100)
    .map((tier): EarnRule => ({ id: tier.id, name: tier.name, multiplierPercent: tier.earnPercent, scope: { tiers: [tier.id] }, priority: BEFORE_RULES }));
  const earning: EarnProgram = {
    points: settings.earnPoints, perFen: settings.earnPerFen, zone, combine: settings.combine, rounding: settings.rounding, maxPerOrder: settings.maxPerOrder,
    rules: [...rules.map(({ caps: _caps, growth: _growth, ...rule }): EarnRule => rule), ...byTier],
  };
  return {
    earning, counted: rules.flatMap(({ id, caps }): CountedRule[] => (caps && (caps.perDay ?? caps.perMember ?? caps.budget) !== null ? [{ id, caps }] : [])),
    growthOf: new Map(rules.flatMap(({ id, growth }) => (growth ? [[id, growth] as const] : []))),
    ruleNames: new Map([...rules, ...byTier].map(({ id, name }) => [id, name])),
    hasBirthdayRules: rules.some((rule) => rule.birthday != null),
  };
}
