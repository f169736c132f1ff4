import { dayOf } from "../../../kernel/days.ts";
import { decodeCursor, pageFrom } from "../../../kernel/http/page.ts";
import { notFound } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { readBalances, accountKey } from "../../ledger/index.ts";
import { POINTS } from "../program.ts";
import { tierIdOf } from "../tier-held.view.ts";
import { periodOf } from "./limit.ts";
import type { Item, OfferedItem } from "./mall.schema.ts";

const COLUMNS = `i.id, i.name, i.description, i.kind, i.picture_id as "pictureId", i.points, i.cash_fen as "cashFen", i.stock, i.per_member as "perMember",
  i.limit_period as "limitPeriod", i.tier_ids as "tierIds", i.store_ids as "storeIds", i.coupon_template_id as "couponTemplateId", i.benefit_id as "benefitId",
  i.pickup_days as "pickupDays", i.starts_on as "startsOn", i.ends_on as "endsOn", i.position, i.state, i.redeemed, i.stock - i.redeemed as left`;

/** By position, then the newest. */
export async function listItems(scope: Scope, query: { limit: number; cursor?: string | undefined; state?: string | undefined; q?: string | undefined }) {
  const after = decodeCursor(query.cursor, 2);
  const rows = await scope.tx.rows<Item>(
    `select ${COLUMNS} from loyalty.mall_item i
      where i.tenant_id = $1 and ($2::text is null or i.state = $2) and ($3::text is null or strpos(lower(i.name), lower($3)) > 0)
        and ($4::int is null or (i.position, i.id) > ($4, $5::uuid))
      order by i.position, i.id limit $6`, [scope.tenantId, query.state ?? null, query.q || null, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1]);
  return pageFrom(rows, query.limit, (row) => row, (row) => [row.position, row.id]);
}

export async function getItem(scope: Scope, id: string): Promise<Item> {
  const [row] = await scope.tx.rows<Item>(`select ${COLUMNS} from loyalty.mall_item i where i.tenant_id = $1 and i.id = $2`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such item" });
  return row;
}

/** What is on offer for a member, with what speaks against each and how far it is. */
export async function listOffered(scope: Scope, memberId: string, query: { limit: number; cursor?: string | undefined }) {
  const after = decodeCursor(query.cursor, 2);
  const today = dayOf(scope.now, scope.zone);
  const rows = await scope.tx.rows<Item>(
    `select ${COLUMNS} from loyalty.mall_item i
      where i.tenant_id = $1 and i.state = 'live' and (i.ends_on is null or i.ends_on >= $2::date) and ($3::int is null or (i.position, i.id) > ($3, $4::uuid))
      order by i.position, i.id limit $5`, [scope.tenantId, today, after?.[0] ?? null, after?.[1] ?? null, query.limit + 1]);
  const offered = await offeredTo(scope, memberId, rows);
  return pageFrom(offered, query.limit, (item) => item, (row) => [row.position, row.id]);
}

export async function getOffered(scope: Scope, memberId: string, id: string): Promise<OfferedItem> {
  const item = await getItem(scope, id);
  if (item.state !== "live") throw notFound({ detail: "No such item" });
  const [offered] = await offeredTo(scope, memberId, [item]);
  if (!offered) throw notFound();
  return offered;
}

async function offeredTo(scope: Scope, memberId: string, items: readonly Item[]): Promise<OfferedItem[]> {
  const key = { holderId: memberId, asset: POINTS };
  const [balances, tierId, taken] = await Promise.all([readBalances(scope, [key]), tierIdOf(scope, memberId), takenOf(scope, memberId, items)]);
  const points = balances.get(accountKey(key))?.active ?? 0;
  const today = dayOf(scope.now, scope.zone);
  return items.map(({ state: _state, redeemed: _redeemed, couponTemplateId: _template, benefitId: _benefit, ...item }) => {
    const mine = taken.get(item.id) ?? 0;
    const reasons: OfferedItem["reasons"] = [
      ...(item.startsOn && item.startsOn > today ? [{ code: "not-yet" as const, message: `from ${item.startsOn}` }] : []),
      ...(item.tierIds.length > 0 && !item.tierIds.includes(tierId ?? "") ? [{ code: "tier" as const, message: "is for other tiers" }] : []),
      ...(item.left !== null && item.left <= 0 ? [{ code: "stock" as const, message: "none is left" }] : []),
      ...(item.perMember !== null && mine >= item.perMember ? [{ code: "limit" as const, message: "you have as many as one may have" }] : []),
      ...(points < item.points ? [{ code: "points" as const, message: "not enough points", missing: { points: item.points - points } }] : []),
    ];
    return { ...item, taken: mine, isRedeemable: reasons.length === 0, reasons };
  });
}

async function takenOf(scope: Scope, memberId: string, items: readonly Item[]): Promise<Map<string, number>> {
  const rows = await scope.tx.rows<{ item_id: string; taken: number }>(
    `select a.item_id, a.taken from loyalty.mall_allowance a join unnest($3::uuid[], $4::text[]) as w(item_id, period) on w.item_id = a.item_id and w.period = a.period
      where a.tenant_id = $1 and a.member_id = $2`,
    [scope.tenantId, memberId, items.map((item) => item.id), items.map((item) => periodOf(item.limitPeriod, dayOf(scope.now, scope.zone)))]);
  return new Map(rows.map((row) => [row.item_id, row.taken]));
}
