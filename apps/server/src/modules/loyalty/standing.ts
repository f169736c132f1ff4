import { bigints, instants, integers, texts, uuidList, uuids } from "../../kernel/db/array.ts";
import { dayOf, monthOf } from "../../kernel/days.ts";
import type { Fen } from "../../kernel/money.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import type { NounMeasure } from "../objects/index.ts";
import type { Program } from "./program.ts";
import { asksForNothing, earnedTier, qualifying, termEnd, tierOf } from "./qualifying.ts";

/** Month "2026-11" → [net fen, visits, growth value that neither brought]. */
type Months = Record<string, [Fen, number, number?]>;

export interface Standing {
  memberId: string;
  tierId: string | null;
  tierSince: Date | null;
  tierUntil: Date | null;
  months: Months;
  orders: number;
  netFen: Fen;
  refundedFen: Fen;
  firstOrderAt: Date | null;
  lastOrderAt: Date | null;
  /** Whether the tier was given by hand, and which way; it then holds until its end. */
  grantKind: "raise" | "lower" | null;
  /** as it was read */
  keptGrant: "raise" | "lower" | null;
}

interface StandingRow {
  member_id: string;
  tier_id: string | null;
  tier_since: Date | null;
  tier_until: Date | null;
  months: Months;
  orders: number;
  net_fen: number;
  refunded_fen: number;
  first_order_at: Date | null;
  last_order_at: Date | null;
  grant_kind: "raise" | "lower" | null;
}

export interface TierChange {
  memberId: string;
  from: string | null;
  to: string | null;
  reason: string;
}

const COLUMNS = "member_id, tier_id, tier_since, tier_until, months, orders, net_fen, refunded_fen, first_order_at, last_order_at";

const standingOf = (row: StandingRow): Standing => ({
  memberId: row.member_id, tierId: row.tier_id, tierSince: row.tier_since, tierUntil: row.tier_until, months: row.months,
  orders: row.orders, netFen: row.net_fen, refundedFen: row.refunded_fen, firstOrderAt: row.first_order_at, lastOrderAt: row.last_order_at,
  grantKind: row.grant_kind, keptGrant: row.grant_kind,
});

const blank = (memberId: string): Standing => ({
  memberId, tierId: null, tierSince: null, tierUntil: null, months: {}, orders: 0, netFen: 0, refundedFen: 0, firstOrderAt: null, lastOrderAt: null,
  grantKind: null, keptGrant: null,
});

/** Members' standings, one for each, blank where there is none yet. The members' rows are the lock. */
export async function readStandings(scope: Scope, memberIds: readonly string[]): Promise<Map<string, Standing>> {
  const standings = new Map(memberIds.map((id) => [id, blank(id)]));
  if (memberIds.length === 0) return standings;
  const rows = await scope.tx.rows<StandingRow>(
    `select ${COLUMNS}, grant_kind from loyalty.standing where tenant_id = $1 and member_id = any($2::uuid[])`, [scope.tenantId, uuidList(memberIds)]);
  for (const row of rows) standings.set(row.member_id, standingOf(row));
  return standings;
}

/** Adds a paid order (or, with a negative amount and no visit, a refund) to the month it belongs to. */
export function addToStanding(standing: Standing, at: Date, zone: string, netFen: Fen, visits: number): void {
  const month = monthOf(dayOf(at, zone));
  const [fen, count, growth = 0] = standing.months[month] ?? [0, 0];
  standing.months[month] = growth === 0 ? [fen + netFen, count + visits] : [fen + netFen, count + visits, growth];
  if (visits > 0) {
    standing.orders += visits;
    standing.netFen += netFen;
    if (!standing.firstOrderAt || at < standing.firstOrderAt) standing.firstOrderAt = at;
    if (!standing.lastOrderAt || at > standing.lastOrderAt) standing.lastOrderAt = at;
  } else {
    standing.refundedFen -= netFen;
  }
}

/** Adds growth value that no order brought. */
export function addGrowth(standing: Standing, at: Date, zone: string, growth: number): void {
  const month = monthOf(dayOf(at, zone));
  const [fen, visits, before = 0] = standing.months[month] ?? [0, 0];
  standing.months[month] = [fen, visits, before + growth];
}

/**
 * Moves a member up at once when the conditions of a higher tier are met; never down (the nightly evaluation does that), and
 * not out of a lower tier that somebody set for a time.
 */
export function upgrade(standing: Standing, program: Program, now: Date, zone: string): TierChange | undefined {
  if (standing.grantKind === "lower" && standing.tierUntil !== null && standing.tierUntil > now) return undefined;
  const reached = earnedTier(program, qualifying(standing, program, now, zone));
  const current = tierOf(program, standing.tierId);
  if (reached && standing.tierId === null && current?.id === reached.id) setTier(standing, program, reached.id, now, zone);
  if (!reached || (current && current.rank >= reached.rank)) return undefined;
  const change = { memberId: standing.memberId, from: standing.tierId, to: reached.id, reason: "upgrade" };
  setTier(standing, program, reached.id, now, zone);
  return change;
}

/** A tier holds for a term from the day it was reached; the one that asks for nothing has no end. */
export function setTier(standing: Standing, program: Program, tierId: string | null, now: Date, zone: string): void {
  standing.tierId = tierId;
  standing.tierSince = now;
  const tier = program.tiers.find((one) => one.id === tierId);
  standing.tierUntil = tier && asksForNothing(tier) ? null : termEnd(standing, program, now, zone);
  standing.grantKind = null;
}

/** Writes standings and the tier changes among them, each table with one statement. */
export function writeStandings(scope: Scope, standings: Iterable<Standing>, changes: readonly TierChange[]): void {
  const { tx, tenantId, now } = scope;
  const rows = [...standings];
  if (rows.length === 0) return;
  tx.write(
    `insert into loyalty.standing (tenant_id, ${COLUMNS})
     select $1, member_id, tier_id, tier_since, tier_until, months::jsonb, orders, net_fen, refunded_fen, first_order_at, last_order_at
       from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::text[], $7::int[], $8::bigint[], $9::bigint[], $10::timestamptz[], $11::timestamptz[])
         as v(member_id, tier_id, tier_since, tier_until, months, orders, net_fen, refunded_fen, first_order_at, last_order_at)
     on conflict (tenant_id, member_id) do update set
       tier_id = excluded.tier_id, tier_since = excluded.tier_since, tier_until = excluded.tier_until, months = excluded.months,
       orders = excluded.orders, net_fen = excluded.net_fen, refunded_fen = excluded.refunded_fen,
       first_order_at = excluded.first_order_at, last_order_at = excluded.last_order_at`,
    [tenantId, uuids(rows, (one) => one.memberId), uuids(rows, (one) => one.tierId), instants(rows, (one) => one.tierSince),
      instants(rows, (one) => one.tierUntil), texts(rows, (one) => JSON.stringify(one.months)), integers(rows, (one) => one.orders),
      bigints(rows, (one) => one.netFen), bigints(rows, (one) => one.refundedFen), instants(rows, (one) => one.firstOrderAt),
      instants(rows, (one) => one.lastOrderAt)]);
  writeGrants(scope, rows.filter((one) => one.grantKind !== one.keptGrant));
  if (changes.length === 0) return;
  tx.write(
    `insert into loyalty.tier_change (tenant_id, member_id, id, from_tier_id, to_tier_id, reason, at)
     select $1, member_id, id, from_tier_id, to_tier_id, reason, $2
       from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[]) as v(member_id, id, from_tier_id, to_tier_id, reason)`,
    [tenantId, now, changes.map((one) => one.memberId), changes.map(() => newId(scope)), changes.map((one) => one.from),
      changes.map((one) => one.to), changes.map((one) => one.reason)]);
}

/** Apart, because orders hardly ever change it. */
function writeGrants({ tx, tenantId }: Scope, rows: readonly Standing[]): void {
  if (rows.length === 0) return;
  tx.write(
    `update loyalty.standing s set grant_kind = v.grant_kind from unnest($2::uuid[], $3::text[]) as v(member_id, grant_kind)
      where s.tenant_id = $1 and s.member_id = v.member_id`,
    [tenantId, uuids(rows, (one) => one.memberId), texts(rows, (one) => one.grantKind)]);
}

/** What members come to in summaries: who has never bought has nothing of it. */
export const memberMeasures = Object.fromEntries(Object.entries({ orders: "orders", netFen: "net_fen", refundedFen: "refunded_fen" }).map(([key, column]) =>
  [key, { column: `s.${column}`, join: "left join loyalty.standing s on s.tenant_id = $1 and s.member_id = r.id" } satisfies NounMeasure]));
