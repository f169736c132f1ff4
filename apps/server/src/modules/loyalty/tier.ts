import type { z } from "zod";
import { audit } from "../../kernel/audit.ts";
import { fieldProblem, notFound, type FieldError } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { patched } from "./patch.ts";
import { lockProgram } from "./program.lock.ts";
import { bumpProgram, currentProgram, type Program, type Tier } from "./program.ts";
import { tierOf } from "./qualifying.ts";
import type { tierBody, TierPatch, tierReply } from "./program.schema.ts";

type TierReply = z.input<typeof tierReply>;
export type TierWire = Omit<TierReply, "id" | "members" | "windowMonths">;

const BLANK: Omit<TierWire, "name" | "rank"> = { spendFen: null, visits: null, growth: null, condition: "any", pointsPercent: 100, benefits: [], color: "#8a8a8a" };

export const wholeTier = ({ name, rank, ...rest }: z.output<typeof tierBody>): TierWire => ({ ...patched(BLANK, rest), name, rank });

export async function createTier(scope: Scope, body: z.output<typeof tierBody>): Promise<TierReply> {
  const id = newId<"tier">(scope);
  const tier = wholeTier(body);
  await lockProgram(scope);
  const program = await currentProgram(scope);
  refuseMuddle(program, id, tier);
  await scope.tx.db.insertInto("loyalty.tier").values({ id, ...columnsOf(tier) }).execute();
  await bumpProgram(scope);
  audit(scope, { action: "tier.create", subjectKind: "tier", subjectId: id, after: tier });
  return { id, ...tier, windowMonths: program.tierWindowMonths, members: 0 };
}

/** Members keep the tier they have until its term ends; the new conditions count from the next order and the next night. */
export async function changeTier(scope: Scope, id: string, patch: TierPatch): Promise<TierReply> {
  await lockProgram(scope);
  const before = (await listTiers(scope)).find((one) => one.id === id);
  if (!before) throw notFound({ detail: "No such tier" });
  const tier = patched(before, patch);
  refuseMuddle(await currentProgram(scope), id, tier);
  await scope.tx.db.updateTable("loyalty.tier").set(columnsOf(tier)).where("id", "=", id).execute();
  await bumpProgram(scope);
  audit(scope, { action: "tier.change", subjectKind: "tier", subjectId: id, before, after: tier });
  return tier;
}

const columnsOf = (tier: TierWire) => ({
  name: tier.name, rank: tier.rank, min_spend_fen: tier.spendFen ?? 0, min_visits: tier.visits ?? 0, min_growth: tier.growth ?? 0, condition: tier.condition,
  earn_percent: tier.pointsPercent, benefits: tier.benefits, color: tier.color,
});

function refuseMuddle({ tiers }: Program, id: string, tier: TierWire): void {
  const muddle = muddleOf(tiers.filter((other) => other.id !== id), tier);
  if (muddle) throw fieldProblem(muddle.field, muddle.code, muddle.message);
}

/** A rank is one tier's, and a higher tier that asks for less would make the lower one pointless. */
export function muddleOf(others: readonly (TierWire | Tier)[], tier: TierWire): (FieldError & { other: TierWire | Tier }) | null {
  for (const other of others) {
    if (other.rank === tier.rank) return { other, field: "rank", code: "taken", message: `is the rank of ${other.name}` };
    const [low, high] = other.rank < tier.rank ? [asked(other), asked(tier)] : [asked(tier), asked(other)];
    const isLess = (field: "spendFen" | "visits" | "growth") => low[field] > 0 && high[field] > 0 && high[field] < low[field];
    for (const field of ["spendFen", "visits", "growth"] as const) {
      if (isLess(field)) return { other, field, code: "out-of-order", message: `does not fit ${other.name}: a higher tier asks for more` };
    }
  }
  return null;
}

const asked = (tier: TierWire | Tier) => "minSpendFen" in tier
  ? { spendFen: tier.minSpendFen, visits: tier.minVisits, growth: tier.minGrowth } : { spendFen: tier.spendFen ?? 0, visits: tier.visits ?? 0, growth: tier.growth ?? 0 };

/** By rank, with how many members are in each; whoever never ordered is in the one that asks for nothing. */
export async function listTiers(scope: Scope): Promise<TierReply[]> {
  const program = await currentProgram(scope);
  const [counts, [all]] = await Promise.all([
    scope.tx.rows<{ tier_id: string; count: number }>(
      "select tier_id, count(*)::int as count from loyalty.standing where tenant_id = $1 and tier_id is not null group by tier_id", [scope.tenantId]),
    scope.tx.rows<{ count: number }>("select count(*)::int as count from customers.member where tenant_id = $1 and state in ('active', 'frozen')", [scope.tenantId]),
  ]);
  const members = new Map(counts.map((row) => [row.tier_id, row.count]));
  const base = tierOf(program, null);
  const others = counts.reduce((sum, row) => sum + (row.tier_id === base?.id ? 0 : row.count), 0);
  if (base) members.set(base.id, Math.max(0, (all?.count ?? 0) - others));
  return program.tiers.map((tier) => ({
    id: tier.id, name: tier.name, rank: tier.rank, spendFen: tier.minSpendFen || null, visits: tier.minVisits || null, growth: tier.minGrowth || null,
    condition: tier.condition, pointsPercent: tier.earnPercent, benefits: [...tier.benefits], color: tier.color, windowMonths: program.tierWindowMonths,
    members: members.get(tier.id) ?? 0,
  }));
}
