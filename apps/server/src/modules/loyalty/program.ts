import type { EarnProgram, EarnRule } from "@shuke/offers";
import { addMonths, dayOf, startOfDay } from "../../kernel/days.ts";
import type { Fen, Points } from "../../kernel/money.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";

export const POINTS = "points";

export interface Tier {
  id: string;
  rank: number;
  name: string;
  minSpendFen: Fen;
  minVisits: number;
  condition: "any" | "all";
  earnPercent: number;
  benefits: string[];
  color: string;
}

export interface Program {
  version: number;
  earnPoints: Points;
  earnPerFen: Fen;
  expiryKind: "never" | "months" | "year-end";
  expiryMonths: number;
  spendPoints: Points;
  spendFen: Fen;
  spendStep: Points;
  maxOrderSharePercent: number;
  negativePolicy: "forbid" | "show";
  tierWindowMonths: number;
  /** By rank, lowest first. */
  tiers: readonly Tier[];
  /** Ready for the engine: rules and the tiers' multipliers. */
  earning: EarnProgram;
}

interface ProgramRow {
  version: number;
  earn_points: number;
  earn_per_fen: number;
  expiry_kind: Program["expiryKind"];
  expiry_months: number;
  spend_points: number;
  spend_fen: number;
  spend_step: number;
  max_order_share_percent: number;
  negative_policy: Program["negativePolicy"];
  tier_window_months: number;
}

const MAX_KEPT = 1_000;
const kept = new Map<string, Program>();

/** What applies to a tenant without a program of its own: one point a yuan, nothing to spend. */
const NO_PROGRAM: ProgramRow = {
  version: 0, earn_points: 0, earn_per_fen: 100, expiry_kind: "never", expiry_months: 12, spend_points: 100, spend_fen: 100, spend_step: 1,
  max_order_share_percent: 100, negative_policy: "show", tier_window_months: 12,
};

/** The program in force; its version is read each time, the rest comes from memory. */
export async function currentProgram(scope: Scope): Promise<Program> {
  const [row = NO_PROGRAM] = await scope.tx.rows<ProgramRow>(
    `select version, earn_points, earn_per_fen, expiry_kind, expiry_months, spend_points, spend_fen, spend_step, max_order_share_percent,
            negative_policy, tier_window_months from loyalty.program where tenant_id = $1`, [scope.tenantId]);
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
  await scope.tx.rows("update loyalty.program set version = version + 1, updated_at = $2 where tenant_id = $1", [scope.tenantId, scope.now]);
}

async function readProgram(scope: Scope, row: ProgramRow): Promise<Program> {
  const [tierRows, ruleRows] = await Promise.all([
    scope.tx.db.selectFrom("loyalty.tier").selectAll().orderBy("rank").execute(),
    scope.tx.db.selectFrom("loyalty.earn_rule").select(["id", "name", "definition"]).where("state", "=", "live").orderBy("priority").execute(),
  ]);
  const tiers = tierRows.map((tier) => ({
    id: tier.id, rank: tier.rank, name: tier.name, minSpendFen: tier.min_spend_fen, minVisits: tier.min_visits,
    condition: tier.condition as Tier["condition"], earnPercent: tier.earn_percent, benefits: tier.benefits, color: tier.color,
  }));
  const rules = ruleRows.map((rule) => ({ ...(rule.definition as Omit<EarnRule, "id" | "name">), id: rule.id, name: rule.name }));
  const byTier = tiers.filter((tier) => tier.earnPercent !== 100)
    .map((tier): EarnRule => ({ id: tier.id, name: tier.name, multiplierPercent: tier.earnPercent, scope: { tiers: [tier.id] } }));
  return {
    version: row.version, earnPoints: row.earn_points, earnPerFen: row.earn_per_fen, expiryKind: row.expiry_kind,
    expiryMonths: row.expiry_months, spendPoints: row.spend_points, spendFen: row.spend_fen, spendStep: row.spend_step,
    maxOrderSharePercent: row.max_order_share_percent, negativePolicy: row.negative_policy, tierWindowMonths: row.tier_window_months, tiers,
    earning: { points: row.earn_points, perFen: row.earn_per_fen, rules: [...rules, ...byTier], zone: scope.zone },
  };
}

const expiries = new Map<string, Date>();

/**
 * When points earned at an instant expire: `months` runs to the end of the month that is so many months on
 * (6 Jul 2020 + 12 → 1 Aug 2021 00:00 in the program's zone), `year-end` to the end of the next calendar year.
 */
export function expiryOf(program: Program, earnedAt: Date, zone: string): Date | null {
  if (program.expiryKind === "never") return null;
  const day = dayOf(earnedAt, zone);
  const key = `${program.expiryKind}/${program.expiryMonths}/${zone}/${day.slice(0, 7)}`;
  let at = expiries.get(key);
  if (!at) {
    const first = program.expiryKind === "year-end" ? `${Number(day.slice(0, 4)) + 2}-01-01` : addMonths(`${day.slice(0, 7)}-01`, program.expiryMonths + 1);
    at = startOfDay(first, zone);
    expiries.set(key, at);
  }
  return at;
}

/** What points are worth as a tender. Refuses what is not a whole number of steps. */
export function pointsWorth(program: Program, points: Points, field: string): Fen {
  if (points % program.spendStep !== 0) throw fieldProblem(field, "step", `must be a multiple of ${program.spendStep}`);
  return Math.floor((points * program.spendFen) / program.spendPoints);
}

/** The most points that an order of this total takes, given a balance: whole steps, and not above the program's share. */
export function mostPoints(program: Program, totalFen: Fen, balance: Points): Points {
  const capFen = Math.floor((totalFen * program.maxOrderSharePercent) / 100);
  const byTotal = Math.floor((capFen * program.spendPoints) / program.spendFen);
  const most = Math.max(0, Math.min(balance, byTotal));
  return most - (most % program.spendStep);
}
