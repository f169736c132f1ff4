import type { z } from "zod";
import { dayOf } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";
import { getMember, listMembers, type MemberProfile, type Within } from "../customers/index.ts";
import { accountKey, balancesOf, readAccounts, readBalances, type Account, type Balances } from "../ledger/index.ts";
import { customFilter, customOf } from "../objects/index.ts";
import { countUsable } from "../promotions/index.ts";
import type { member360, memberPage, memberRow, membersQuery } from "./member360.schema.ts";
import { readRights } from "./benefits/right.view.ts";
import { expiringSoon } from "./guest.view.ts";
import { heldStages, inStage } from "./lifecycle/life-stage.view.ts";
import { lastGoodDay } from "./points.view.ts";
import { currentProgram, POINTS, type Program } from "./program.ts";
import { nextTier, projectedTier, qualifying, tierOf, windowAt } from "./qualifying.ts";
import { readStandings, type Standing } from "./standing.ts";

/** The assets of stored value, which payments keeps; their balances are the ledger's to tell. */
const STORED_VALUE = ["prepaid.principal", "prepaid.bonus"] as const;
const ASSETS = [POINTS, ...STORED_VALUE];

/** Members with balances and tier, newest first; `tierId` narrows by the standing that is kept here. */
export async function listMemberRows(scope: Scope, { tierId, lifeStage, filter, ...query }: z.output<typeof membersQuery>): Promise<z.input<typeof memberPage>> {
  const program = await currentProgram(scope);
  // Whoever never ordered has no standing and is in the tier that asks for nothing.
  const isBase = tierId !== undefined && tierOf(program, null)?.id === tierId;
  const inTier: Within = (bind, member) => `${isBase ? "not " : ""}exists (select 1 from loyalty.standing s
    where s.tenant_id = $1 and s.member_id = ${member} and s.tier_id ${isBase ? "<>" : "="} ${bind(tierId)}::uuid)`;
  const wanted = [...(tierId ? [inTier] : []), ...(lifeStage ? [inStage(lifeStage)] : []), await customFilter(scope, "member", filter) ?? []].flat();
  const page = await listMembers(scope, query, wanted.length > 0 ? (bind, member) => wanted.map((one) => one(bind, member)).join(" and ") : undefined);
  const ids = page.items.map((member) => member.id);
  const [custom, stages, standings, balances] = await Promise.all([
    customOf(scope, "member", ids), heldStages(scope, ids),
    readStandings(scope, ids), readBalances(scope, ids.flatMap((holderId) => ASSETS.map((asset) => ({ holderId, asset })))),
  ]);
  return { ...page, items: page.items.map((member) => rowOf(member, program, { standing: standings.get(member.id), balances, scope, custom: custom(member.id).custom, lifeStage: stages(member.id) })) };
}

interface Held {
  standing: Standing | undefined;
  balances: ReadonlyMap<string, Balances>;
  scope: Scope;
  custom: Record<string, unknown>;
  lifeStage: z.input<typeof memberRow>["lifeStage"];
}

function rowOf(member: MemberProfile, program: Program, { standing, balances, scope, custom, lifeStage }: Held): z.input<typeof memberRow> {
  const active = (asset: string) => balances.get(accountKey({ holderId: member.id, asset }))?.active ?? 0;
  return {
    id: member.id, memberNo: member.memberNo, name: member.name, phoneMasked: member.phoneMasked, tier: standing ? tierView(standing, program, scope) : null,
    points: active(POINTS), storedValueFen: STORED_VALUE.reduce((sum, asset) => sum + active(asset), 0), lastOrderAt: standing?.lastOrderAt?.toISOString() ?? null,
    joinedAt: member.joinedAt, homeStoreId: member.homeStoreId, tags: member.tags, state: member.state, lifeStage, custom,
  };
}

/** Everything about one member. Throws `notFound`. */
export async function getMember360(scope: Scope, memberId: string): Promise<z.input<typeof member360>> {
  const profile = await getMember(scope, memberId);
  const [program, standings, accounts, coupons, rights, custom, stages] = await Promise.all([
    currentProgram(scope), readStandings(scope, [memberId]), readAccounts(scope, ASSETS.map((asset) => ({ holderId: memberId, asset }))), countUsable(scope, [memberId]),
    readRights(scope, memberId), customOf(scope, "member", [memberId]), heldStages(scope, [memberId]),
  ]);
  const account = (asset: string) => accounts.get(accountKey({ holderId: memberId, asset }));
  const [principal, bonus] = STORED_VALUE.map((asset) => balancesOf(account(asset), scope.now));
  const standing = standings.get(memberId);
  return {
    ...profile, ...custom(memberId),
    points: { ...pointsOf(account(POINTS), program, scope), expiring: nextExpiry(account(POINTS), scope) },
    storedValue: { principalFen: principal?.active ?? 0, bonusFen: bonus?.active ?? 0, frozenFen: (principal?.frozen ?? 0) + (bonus?.frozen ?? 0) },
    tier: standing ? tierView(standing, program, scope) : null, lifeStage: stages(memberId),
    rights: rights(tierOf(program, standing?.tierId ?? null)?.id),
    couponsUsable: coupons.get(memberId) ?? 0,
    facts: {
      orders: standing?.orders ?? 0, netFen: standing?.netFen ?? 0, refundedFen: standing?.refundedFen ?? 0,
      firstOrderAt: standing?.firstOrderAt?.toISOString() ?? null, lastOrderAt: standing?.lastOrderAt?.toISOString() ?? null,
    },
  };
}

/** What is kept from the next points that are earned is owed, but shown beside the balance and not in it. */
function pointsOf(account: Account | undefined, program: Program, { now, zone }: Scope) {
  const balances = balancesOf(account, now);
  const pending = (account?.lots ?? []).filter((lot) => lot.activeFrom > now && lot.remaining > lot.held).toSorted((a, b) => a.activeFrom.getTime() - b.activeFrom.getTime());
  const [next] = pending;
  return {
    ...balances, active: program.negativePolicy === "withhold" ? Math.max(0, balances.active) : balances.active,
    activating: next ? { points: next.remaining - next.held, on: dayOf(next.activeFrom, zone) } : null,
    expiringSoon: expiringSoon(account, { now, zone }),
  };
}

function tierView(standing: Standing, program: Program, { now, zone }: Scope): z.input<typeof member360>["tier"] {
  const tier = tierOf(program, standing.tierId);
  if (!tier) return null;
  return {
    id: tier.id, name: tier.name, rank: tier.rank, benefits: [...tier.benefits], color: tier.color,
    since: standing.tierSince?.toISOString() ?? null, until: standing.tierUntil?.toISOString() ?? null, next: nextTier(standing, program, now, zone),
    isGranted: standing.grantKind !== null, counted: countedView(standing, program, { now, zone }), projected: projectedView(standing, program, zone),
  };
}

function countedView(standing: Standing, program: Program, { now, zone }: Pick<Scope, "now" | "zone">) {
  const { first, last } = windowAt(standing, program, now, zone);
  return { ...qualifying(standing, program, now, zone), fromMonth: first, untilMonth: last };
}

function projectedView(standing: Standing, program: Program, zone: string) {
  const projected = projectedTier(standing, program, zone);
  return projected && { id: projected.id, name: projected.name, on: lastGoodDay(projected.at, zone), isKept: projected.isKept, missing: projected.missing };
}

/** The points that end first, and the last day on which they are good. */
function nextExpiry(account: Account | undefined, { now, zone }: Scope): { points: number; on: string } | null {
  const lots = (account?.lots ?? []).filter((lot) => lot.expiresAt !== null && lot.expiresAt > now && lot.remaining > lot.held);
  const first = lots[0]?.expiresAt;
  if (!first) return null;
  const points = lots.filter((lot) => lot.expiresAt?.getTime() === first.getTime()).reduce((sum, lot) => sum + lot.remaining - lot.held, 0);
  return { points, on: lastGoodDay(first, zone) };
}
