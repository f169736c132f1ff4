import type { z } from "zod";
import { decodeCursor, pageFrom } from "../../../kernel/http/page.ts";
import { notFound } from "../../../kernel/problem.ts";
import { memberOf, visibleStores, type Scope } from "../../../kernel/scope.ts";
import { memberNames } from "../../customers/index.ts";
import { currentProgram } from "../../loyalty/index.ts";
import { findStore } from "../../org/index.ts";
import { unknownMember } from "../order.ts";
import { payable, readPurse, tenderCandidates } from "../purse.ts";
import { findBill, readBill, shareAt, shareOrderId, type Bill, type Share } from "./bill.rows.ts";
import type { billQuery, BillWire, shareCandidates, tableReply } from "./bill.schema.ts";

const paidOf = ({ shares }: Bill): number => shares.reduce((sum, one) => sum + (one.state === "paid" ? one.totalFen : 0), 0);

export async function getBill(scope: Scope, billId: string): Promise<BillWire> {
  const bill = await readBill(scope, billId);
  const { quote } = bill;
  const names = await memberNames(scope, bill.shares.flatMap((one) => [one.memberId ?? [], one.payerId ?? []].flat()));
  return {
    id: bill.id, storeId: bill.storeId, state: bill.state, revision: bill.revision, note: bill.note, token: bill.token, grossFen: quote.grossFen,
    discountFen: quote.discountFen, feesFen: quote.feesFen, totalFen: bill.totalFen, paidFen: paidOf(bill), ruleVersion: bill.ruleVersion,
    openedAt: bill.openedAt.toISOString(), until: bill.until.toISOString(), isOverdue: bill.state === "open" && bill.until <= scope.now,
    lines: quote.lines.map((line) => ({
      lineId: line.lineId, sku: line.sku, name: nameOf(bill, line.lineId), quantity: line.quantity, grossFen: line.grossFen, discountFen: line.discountFen, netFen: line.netFen,
    })),
    effects: quote.effects.map(({ name, amountFen }) => ({ name, amountFen })),
    shares: bill.shares.map((one) => ({
      ...shareView(bill, one), memberId: one.memberId, memberName: names.get(one.memberId ?? "") ?? null, grossFen: one.part.grossFen,
      payerName: names.get(one.payerId ?? "") ?? null, paidAt: one.paidAt?.toISOString() ?? null, effects: effectsOf(bill, one),
    })),
  };
}

const nameOf = ({ cart }: Bill, lineId: string): string => cart.lines.find((one) => one.lineId === lineId)?.name ?? "";

const effectsOf = ({ quote }: Bill, { part }: Share) =>
  part.effects.map(({ effect, amountFen }) => ({ name: quote.effects[effect]?.name ?? "", amountFen }));

const shareView = (bill: Bill, one: Share) => ({
  no: one.no, name: one.name, state: one.state, orderId: shareOrderId(bill.id, one.no), totalFen: one.totalFen, discountFen: one.part.discountFen, feesFen: one.part.feesFen,
  lines: one.part.lines.map((line) => ({
    ...line, name: nameOf(bill, line.lineId), quantity: bill.quote.lines.find((whole) => whole.lineId === line.lineId)?.quantity ?? 0,
  })),
});

/** Bills that are not paid yet, the latest first. */
export async function listOpenBills(scope: Scope, query: z.output<typeof billQuery>) {
  const after = decodeCursor(query.cursor, 2);
  const rows = await scope.tx.rows<{ id: string; note: string | null; total_fen: number; until: Date; opened_at: Date; paid_fen: number; shares: number; paid: number }>(
    `select b.id, b.note, b.total_fen, b.until, b.opened_at, s.paid_fen, s.shares, s.paid from commerce.bill b
      cross join lateral (select coalesce(sum(total_fen) filter (where state = 'paid'), 0)::bigint as paid_fen, count(*)::int as shares,
                                 (count(*) filter (where state = 'paid'))::int as paid
                            from commerce.bill_share where tenant_id = $1 and bill_id = b.id) s
      where b.tenant_id = $1 and b.state = 'open' and ($2::uuid is null or b.store_id = $2) and ($3::uuid[] is null or b.store_id = any($3))
        and ($4::timestamptz is null or (b.opened_at, b.id) < ($4, $5::text))
      order by b.opened_at desc, b.id desc limit $6`,
    [scope.tenantId, query.storeId ?? null, visibleStores(scope.actor), after?.[0] ?? null, after?.[1] ?? null, query.limit + 1]);
  return pageFrom(rows, query.limit, (row) => ({
    id: row.id, note: row.note, totalFen: row.total_fen, paidFen: row.paid_fen, shares: row.shares, sharesPaid: row.paid, openedAt: row.opened_at.toISOString(),
    isOverdue: row.until <= scope.now,
  }), (row) => [row.opened_at.toISOString(), row.id]);
}

/** The bill behind a QR code at the table. Throws `notFound`. */
export async function billOfToken(scope: Scope, token: string): Promise<Bill> {
  const row = await scope.tx.db.selectFrom("commerce.bill").select("id").where("token", "=", token).executeTakeFirst();
  const bill = row && await findBill(scope, row.id);
  if (!bill) throw notFound({ detail: "No such bill" });
  return bill;
}

/** Kept for nobody else: open, and either nobody's, one's own, or kept too long. */
export const isFreeFor = (scope: Scope, bill: Bill, share: Share, memberId: string): boolean =>
  share.state === "open" && (share.memberId === null || share.memberId === memberId || bill.until <= scope.now);

/** What a guest at the table sees: all shares, and which may be theirs. */
export async function getTable(scope: Scope, token: string): Promise<z.input<typeof tableReply>> {
  const memberId = memberOf(scope);
  const bill = await billOfToken(scope, token);
  const [store, program, purse] = await Promise.all([findStore(scope, bill.storeId), currentProgram(scope), readPurse(scope, memberId)]);
  const mine = bill.shares.find((one) => one.memberId === memberId && one.state === "open");
  const most = payable(program, mine?.totalFen ?? 0, purse);
  return {
    id: bill.id, state: bill.state, note: bill.note, storeName: store?.name ?? null, totalFen: bill.totalFen, paidFen: paidOf(bill), revision: bill.revision,
    discountFen: bill.quote.discountFen, effects: bill.quote.effects.map(({ name, amountFen }) => ({ name, amountFen })),
    shares: bill.shares.map((one) => ({ ...shareView(bill, one), isMine: (one.state === "paid" ? one.payerId : one.memberId) === memberId, isFree: isFreeFor(scope, bill, one, memberId) })),
    points: Math.max(0, purse.points), storedValueFen: Math.max(0, purse.storedValueFen), isFrozen: purse.freeze !== null,
    mostPoints: most.points, pointsWorthFen: most.worthFen,
  };
}

/** What a member could pay a share with, as in a quote. Throws `unknownMember`. */
export async function getShareCandidates(scope: Scope, { billId, no }: { billId: string; no: number }, memberId: string): Promise<z.input<typeof shareCandidates>> {
  const share = shareAt(await readBill(scope, billId), no);
  if (!(await memberNames(scope, [memberId])).has(memberId)) throw unknownMember({ memberId });
  const [program, purse] = await Promise.all([currentProgram(scope), readPurse(scope, memberId)]);
  return { storedValueFen: Math.max(0, purse.storedValueFen), candidates: tenderCandidates(program, share.totalFen, purse) };
}
