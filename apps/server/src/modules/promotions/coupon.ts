import type { CouponInHand, Offer } from "@shuke/offers";
import { instants, texts, uuidList, uuids } from "../../kernel/db/array.ts";
import { problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";

export const couponUnusable = problem("promotions/coupon-unusable", 409, "The coupon cannot be used");
export const couponUnknown = problem("promotions/coupon-unknown", 404, "No such coupon");

export interface Coupon {
  id: string;
  code: string;
  name: string;
  templateId: string;
  memberId: string | null;
  state: "issued" | "held" | "given" | "redeemed" | "expired" | "void";
  validFrom: Date;
  validUntil: Date;
  orderId: string | null;
  heldUntil: Date | null;
  offer: Offer;
}

interface CouponRow {
  id: string;
  code: string;
  template_id: string;
  template_version: number;
  member_id: string | null;
  state: Coupon["state"];
  valid_from: Date;
  valid_until: Date;
  order_id: string | null;
  held_until: Date | null;
}

export interface Definition {
  name: string;
  offer: Offer;
}

const MAX_KEPT = 5_000;
/** A version of a template never changes; one object a version, so that the engine compiles it once. */
const definitions = new Map<string, Definition>();

const definitionKey = (scope: Scope, row: { template_id: string; template_version: number }) =>
  `${scope.tenantId}/${row.template_id}/${row.template_version}`;

const COLUMNS = "id, code, template_id, template_version, member_id, state, valid_from, valid_until, order_id, held_until";

/** Locks coupons in id order. After the members, before the ledger's accounts. */
export async function lockCoupons(scope: Scope, ids: readonly string[]): Promise<Map<string, Coupon>> {
  if (ids.length === 0) return new Map();
  const rows = await scope.tx.rows<CouponRow>(
    `select ${COLUMNS} from promotions.coupon where tenant_id = $1 and id = any($2::uuid[]) order by id for update`, [scope.tenantId, uuidList(ids)]);
  return byId(scope, rows);
}

/** A member's coupons that are not over, for quotes and wallets. */
export async function couponsInHand(scope: Scope, memberId: string, limit = 100): Promise<Coupon[]> {
  const rows = await scope.tx.rows<CouponRow>(
    `select ${COLUMNS} from promotions.coupon
      where tenant_id = $1 and member_id = $2 and state in ('issued', 'held') and valid_until > $3
      order by valid_until, id limit $4`, [scope.tenantId, memberId, scope.now, limit]);
  return [...(await byId(scope, rows)).values()];
}

export async function couponsById(scope: Scope, ids: readonly string[]): Promise<Coupon[]> {
  if (ids.length === 0) return [];
  const rows = await scope.tx.rows<CouponRow>(
    `select ${COLUMNS} from promotions.coupon where tenant_id = $1 and id = any($2::uuid[])`, [scope.tenantId, ids]);
  return [...(await byId(scope, rows)).values()];
}

/** As typed or scanned at a till: letter case, blanks and dashes do not matter, nor the full width that Chinese keyboards type. */
export const normalCode = (code: string): string => code.normalize("NFKC").replaceAll(/[\s-]/g, "").toUpperCase();

/** As the offer engine sees it. A hold that has run out no longer holds; an order may use what it holds itself. */
export function inHand(coupon: Coupon, now: Date, orderId: string): CouponInHand {
  const free = coupon.state === "held" && (coupon.orderId === orderId || (coupon.heldUntil !== null && coupon.heldUntil <= now));
  return {
    // One on its way to a friend is held, too: nobody uses it before it has arrived or come back.
    id: coupon.id, offer: coupon.offer, state: free ? "issued" : coupon.state === "given" ? "held" : coupon.state, memberId: coupon.memberId,
    validFromAt: coupon.validFrom.getTime(), validUntilAt: coupon.validUntil.getTime(),
  };
}

/** Writes a batch's redemptions with one statement. The rows are locked and were checked. */
export function redeemCoupons({ tx, tenantId }: Scope, redeemed: readonly { couponId: string; orderId: string; at: Date }[]): void {
  if (redeemed.length === 0) return;
  tx.write(
    `update promotions.coupon c set state = 'redeemed', order_id = v.order_id, redeemed_at = v.at, held_until = null
       from unnest($2::uuid[], $3::text[], $4::timestamptz[]) as v(id, order_id, at) where c.tenant_id = $1 and c.id = v.id`,
    [tenantId, uuids(redeemed, (one) => one.couponId), texts(redeemed, (one) => one.orderId), instants(redeemed, (one) => one.at)]);
}

/** Sets coupons aside for an order; refused when another order has one. */
export async function holdCoupons(scope: Scope, ids: readonly string[], orderId: string, until: Date): Promise<void> {
  if (ids.length === 0) return;
  const held = await scope.tx.rows<{ id: string }>(
    `update promotions.coupon set state = 'held', order_id = $3, held_until = $4
      where tenant_id = $1 and id = any($2::uuid[])
        and (state = 'issued' or (state = 'held' and (order_id = $3 or held_until <= $5))) returning id`,
    [scope.tenantId, ids, orderId, until, scope.now]);
  const missing = ids.filter((id) => !held.some((row) => row.id === id));
  if (missing.length > 0) throw couponUnusable({ detail: "Another order holds or has used it", couponIds: missing });
}

/** Gives back what an order held; by its coupons' ids, because no index finds them by the order. */
export function releaseCoupons({ tx, tenantId }: Scope, orderId: string, ids: readonly string[]): void {
  if (ids.length === 0) return;
  tx.write(
    `update promotions.coupon set state = 'issued', order_id = null, held_until = null
      where tenant_id = $1 and id = any($3::uuid[]) and order_id = $2 and state = 'held'`, [tenantId, orderId, uuidList(ids)]);
}

/**
 * Lets go of the coupons that quotes held to their end, and that their orders did not take: `ending` is the statement of whoever has the
 * quotes, which ends those of the orders `$2` and returns `held`, a list of coupons' ids. One statement, because it goes with every batch of
 * orders; looked up by their ids as a list, because joined Postgres may read all of a tenant's coupons instead (9,000 against 5 µs an order).
 */
export function releaseWith({ tx, tenantId }: Scope, ending: string, orderIds: unknown): void {
  tx.write(
    `with ended as (${ending})
     update promotions.coupon set state = 'issued', order_id = null, held_until = null
      where tenant_id = $1 and id = any(array(select one.id::uuid from ended cross join lateral jsonb_array_elements_text(ended.held) as one(id)))
        and order_id = any($2::text[]) and state = 'held'`, [tenantId, orderIds]);
}

export interface GivenBack {
  orderId: string;
  /** Whose lines have all come back; all of the order's coupons when `isWhole`. */
  couponIds: readonly string[];
  isWhole: boolean;
}

/**
 * After a return, as the policy of each coupon's version says: with its lines, with the whole order, or never. One that has ended
 * comes back with days of grace. Each return is noted, because the order's proof goes on naming the coupon.
 */
export async function giveBackCoupons(scope: Scope, { orderId, couponIds, isWhole }: GivenBack): Promise<string[]> {
  if (couponIds.length === 0) return [];
  const rows = await scope.tx.rows<{ id: string }>(
    `with back as (
       update promotions.coupon c set state = 'issued', order_id = null, redeemed_at = null,
              valid_until = greatest(c.valid_until, $3::timestamptz + make_interval(days => coalesce((v.policy ->> 'graceDays')::int, 3)))
         from promotions.coupon_template_version v
        where c.tenant_id = $1 and c.id = any($4::uuid[]) and c.order_id = $2 and c.state = 'redeemed'
          and v.tenant_id = $1 and v.template_id = c.template_id and v.version = c.template_version
          and coalesce(v.policy ->> 'returns', 'lines') = any($5::text[])
        returning c.id)
     , noted as (
       insert into promotions.coupon_return (tenant_id, coupon_id, order_id, at) select $1, id, $2, $3 from back)
     select id from back`, [scope.tenantId, orderId, scope.now, couponIds, isWhole ? ["lines", "whole"] : ["lines"]]);
  return rows.map((row) => row.id);
}

async function byId(scope: Scope, rows: readonly CouponRow[]): Promise<Map<string, Coupon>> {
  const unknown = rows.filter((row) => !definitions.has(definitionKey(scope, row)));
  if (unknown.length > 0) await learnDefinitions(scope, unknown);
  return new Map(rows.map((row) => {
    const definition = definitions.get(definitionKey(scope, row));
    if (!definition) throw new Error(`Coupon ${row.id} names a template version that does not exist`);
    return [row.id, {
      id: row.id, code: row.code, name: definition.name, templateId: row.template_id, memberId: row.member_id, state: row.state,
      validFrom: row.valid_from, validUntil: row.valid_until, orderId: row.order_id, heldUntil: row.held_until, offer: definition.offer,
    }];
  }));
}

async function learnDefinitions(scope: Scope, rows: readonly CouponRow[]): Promise<void> {
  if (definitions.size > MAX_KEPT) definitions.clear();
  const found = await scope.tx.rows<{ template_id: string; template_version: number; name: string; definition: Offer }>(
    `select template_id, version as template_version, name, definition from promotions.coupon_template_version
      where tenant_id = $1 and template_id = any($2::uuid[])`, [scope.tenantId, [...new Set(rows.map((row) => row.template_id))]]);
  for (const row of found) definitions.set(definitionKey(scope, row), { name: row.name, offer: row.definition });
}
