import { decodeCursor, pageFrom } from "../../../kernel/http/page.ts";
import { notFound } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { getMembers } from "../../customers/index.ts";
import { staffNames } from "../../org/index.ts";
import type { Redemption, StaffRedemption } from "./mall.schema.ts";
import { groupedPickupCode } from "./pickup-code.ts";

interface Row {
  id: string;
  item_id: string;
  member_id: string;
  kind: Redemption["kind"];
  name: string;
  picture_id: string | null;
  quantity: number;
  points: number;
  cash_fen: number;
  state: Redemption["state"];
  code: string | null;
  payment_id: string | null;
  pay_until: Date | null;
  pickup_until: Date | null;
  store_ids: string[];
  outcome: { couponIds?: string[] };
  created_at: Date;
  handed_at: Date | null;
  handed_by: string | null;
  ended_at: Date | null;
  end_reason: string | null;
  store_id: string | null;
  store_name: string | null;
  paid_by: StaffRedemption["paidBy"];
}

const SELECT = `select r.id, r.item_id, r.member_id, r.kind, r.name, i.picture_id, r.quantity, r.points, r.cash_fen, r.state, r.code, r.payment_id, r.pay_until,
       r.pickup_until, i.store_ids, r.outcome, r.created_at, r.handed_at, r.handed_by, r.ended_at, r.end_reason, r.store_id, r.paid_by, s.name as store_name
  from loyalty.redemption r join loyalty.mall_item i on i.tenant_id = $1 and i.id = r.item_id
  left join org.unit s on s.tenant_id = $1 and s.id = r.store_id`;

interface Wanted {
  limit: number;
  cursor?: string | undefined;
  id?: string | undefined;
  memberId?: string | undefined;
  itemId?: string | undefined;
  state?: string | undefined;
  code?: string | undefined;
}

async function readRows(scope: Scope, wanted: Wanted): Promise<Row[]> {
  const after = decodeCursor(wanted.cursor, 1);
  return scope.tx.rows<Row>(
    `${SELECT} where r.tenant_id = $1 and ($2::uuid is null or r.id = $2) and ($3::uuid is null or r.member_id = $3) and ($4::uuid is null or r.item_id = $4)
        and ($5::text is null or r.state = $5) and ($6::text is null or r.code = $6) and ($7::uuid is null or r.id < $7)
      order by r.id desc limit $8`,
    [scope.tenantId, wanted.id ?? null, wanted.memberId ?? null, wanted.itemId ?? null, wanted.state ?? null, wanted.code ?? null, after?.[0] ?? null, wanted.limit + 1]);
}

const redemptionOf = (row: Row): Redemption => ({
  id: row.id, itemId: row.item_id, kind: row.kind, name: row.name, pictureId: row.picture_id, quantity: row.quantity, points: row.points, cashFen: row.cash_fen, state: row.state,
  code: row.state === "ready" && row.code ? groupedPickupCode(row.code) : null, paymentId: row.payment_id, payUntil: row.pay_until?.toISOString() ?? null,
  pickupUntil: row.pickup_until?.toISOString() ?? null, storeIds: row.store_ids, couponIds: row.outcome.couponIds ?? [], createdAt: row.created_at.toISOString(),
  handedAt: row.handed_at?.toISOString() ?? null, endedAt: row.ended_at?.toISOString() ?? null, endReason: row.end_reason,
});

/** A member's own, newest first. */
export async function listOwnRedemptions(scope: Scope, memberId: string, query: { limit: number; cursor?: string | undefined; state?: string | undefined }) {
  return pageFrom(await readRows(scope, { ...query, memberId }), query.limit, redemptionOf, (row) => [row.id]);
}

export async function getOwnRedemption(scope: Scope, memberId: string, id: string): Promise<Redemption> {
  const [row] = await readRows(scope, { limit: 1, memberId, id });
  if (!row) throw notFound({ detail: "No such redemption" });
  return redemptionOf(row);
}

/** For staff: newest first, with the member. */
export async function listStaffRedemptions(scope: Scope, query: Wanted) {
  const rows = await readRows(scope, query);
  const [members, staff] = await Promise.all([getMembers(scope, [...new Set(rows.map((row) => row.member_id))]), staffNames(scope, rows.map((row) => row.handed_by))]);
  const known = new Map(members.map((member) => [member.id, member]));
  return pageFrom(rows, query.limit, (row): StaffRedemption => ({
    // At the counter the code is what was shown to them; in a list it would let anybody fetch it.
    ...redemptionOf(row), code: query.code ? redemptionOf(row).code : null, memberId: row.member_id, memberNo: known.get(row.member_id)?.memberNo ?? "",
    memberName: known.get(row.member_id)?.name ?? "", paidBy: row.paid_by, storeId: row.store_id, storeName: row.store_name, handedBy: staff.get(row.handed_by ?? "") ?? null,
  }), (row) => [row.id]);
}

export async function getStaffRedemption(scope: Scope, id: string): Promise<StaffRedemption> {
  const { items: [found] } = await listStaffRedemptions(scope, { limit: 1, id });
  if (!found) throw notFound({ detail: "No such redemption" });
  return found;
}
