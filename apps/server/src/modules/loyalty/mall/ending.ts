import { REDEMPTION_ENDED, type RedemptionEnded } from "../../../events/loyalty.ts";
import { audit } from "../../../kernel/audit.ts";
import { lockOrder } from "../../../kernel/ids.ts";
import { hint } from "../../../kernel/live.ts";
import { notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, type Scope } from "../../../kernel/scope.ts";
import { lockMembers } from "../../customers/index.ts";
import { Journal } from "../../ledger/index.ts";
import { requestRefund } from "../../payments/index.ts";
import { graceUntil } from "../lifetime.ts";
import { currentProgram, POINTS } from "../program.ts";
import { giveAllowanceBack } from "./limit.ts";

export const redemptionState = problem("loyalty/redemption-state", 409, "The redemption's state does not allow this");

export interface RedemptionRow {
  id: string;
  item_id: string;
  member_id: string;
  kind: string;
  name: string;
  quantity: number;
  points: number;
  cash_fen: number;
  period: string;
  state: "waiting" | "ready" | "done" | "cancelled" | "expired" | "refunded";
  payment_id: string | null;
  paid_by: string | null;
}

const COLUMNS = "id, item_id, member_id, kind, name, quantity, points, cash_fen, period, state, payment_id, paid_by";
/** Redemptions ended in one transaction. */
export const PAGE = 100;

/** The row, with its member locked before it. Throws `notFound`. */
export async function lockRedemption(scope: Scope, id: string, memberId?: string): Promise<RedemptionRow> {
  const [found] = await scope.tx.rows<{ member_id: string }>("select member_id from loyalty.redemption where tenant_id = $1 and id = $2", [scope.tenantId, id]);
  if (!found || (memberId !== undefined && found.member_id !== memberId)) throw notFound({ detail: "No such redemption" });
  await lockMembers(scope, [found.member_id]);
  const [row] = await scope.tx.rows<RedemptionRow>(`select ${COLUMNS} from loyalty.redemption where tenant_id = $1 and id = $2 for update`, [scope.tenantId, id]);
  if (!row) throw notFound();
  return row;
}

/** A member gives up what was not fetched yet: points go back to their lots, the cash to where it came from. */
export async function cancelOwn(scope: Scope, id: string, memberId: string): Promise<void> {
  const row = await lockRedemption(scope, id, memberId);
  if (row.state !== "waiting" && row.state !== "ready") throw redemptionState({ state: row.state });
  await endAll(scope, [row], { state: "cancelled", reason: null, restock: true });
}

/**
 * Staff take a redemption back: one that waits or lies ready is cancelled; what was handed over is refunded, back into the stock or
 * not. Coupons and benefits that were given stay: those are taken back where they are. Cash that a counter took goes back there.
 */
export async function cancelRedemption(scope: Scope, id: string, { reason, restock }: { reason: string; restock: boolean }): Promise<void> {
  const row = await lockRedemption(scope, id);
  const isHanded = row.state === "done" && (row.kind === "dish" || row.kind === "goods");
  if (row.state !== "waiting" && row.state !== "ready" && !isHanded) throw redemptionState({ state: row.state, kind: row.kind });
  await endAll(scope, [row], { state: isHanded ? "refunded" : "cancelled", reason, restock: isHanded ? restock : true });
  audit(scope, { action: "redemption.cancel", subjectKind: "redemption", subjectId: id, before: { state: row.state }, after: { restock }, reason });
}

/** Ends what nobody paid, and what nobody fetched in time. Returns how many. */
export async function endOverdue(scope: Scope): Promise<number> {
  const due = await scope.tx.rows<{ id: string; member_id: string }>(
    `(select id, member_id from loyalty.redemption where tenant_id = $1 and state = 'waiting' and pay_until <= $2 order by pay_until limit ${PAGE})
     union all
     (select id, member_id from loyalty.redemption where tenant_id = $1 and state = 'ready' and pickup_until <= $2 order by pickup_until limit ${PAGE})`,
    [scope.tenantId, scope.now]);
  if (due.length === 0) return 0;
  await lockMembers(scope, lockOrder(due.map((row) => row.member_id)));
  const rows = await scope.tx.rows<RedemptionRow>(
    `select ${COLUMNS} from loyalty.redemption where tenant_id = $1 and id = any($2::uuid[]) and state in ('waiting', 'ready') order by id for update`,
    [scope.tenantId, due.map((row) => row.id)]);
  await endAll(scope, rows.filter((row) => row.state === "waiting"), { state: "cancelled", reason: "unpaid", restock: true });
  await endAll(scope, rows.filter((row) => row.state === "ready"), { state: "expired", reason: "unfetched", restock: true });
  return rows.length;
}

interface Ending {
  state: "cancelled" | "expired" | "refunded";
  reason: string | null;
  restock: boolean;
}

/** Gives everything back, as sets. The rows and their members are locked, and in a state that may end. */
async function endAll(scope: Scope, rows: readonly RedemptionRow[], ending: Ending): Promise<void> {
  if (rows.length === 0) return;
  await givePointsBack(scope, rows);
  for (const row of rows) giveAllowanceBack(scope, { itemId: row.item_id, memberId: row.member_id, period: row.period, quantity: row.quantity });
  if (ending.restock) await giveStockBack(scope, rows);
  const refunds = new Map<string, string>();
  for (const row of rows) {
    if (row.state === "waiting" || !row.payment_id) continue;
    refunds.set(row.id, await requestRefund(scope, { paymentId: row.payment_id, amountFen: row.cash_fen, returnId: row.id, purpose: "redemption", reason: "积分兑换退款" }));
  }
  await scope.tx.rows(
    `update loyalty.redemption r set state = $3, ended_at = $4, end_reason = $5, restocked = $6, refund_id = v.refund_id
       from unnest($2::uuid[], $7::uuid[]) as v(id, refund_id) where r.tenant_id = $1 and r.id = v.id returning 1`,
    [scope.tenantId, rows.map((row) => row.id), ending.state, scope.now, ending.reason, ending.restock, rows.map((row) => refunds.get(row.id) ?? null)]);
  await scope.outbox.publishAll(scope, rows.map((row) => ({
    type: REDEMPTION_ENDED, subjectId: row.member_id,
    payload: { redemptionId: row.id, memberId: row.member_id, name: row.name, points: row.points, cashFen: refunds.has(row.id) || row.paid_by ? row.cash_fen : 0, how: ending.state, reason: ending.reason, by: actorRef(scope.actor) } satisfies RedemptionEnded,
  })));
  hint(scope, "members", [...new Set(rows.map((row) => row.member_id))]);
}

/** Onto the lots they came from, with their own dates; what was only held is let go. */
async function givePointsBack(scope: Scope, rows: readonly RedemptionRow[]): Promise<void> {
  const keyOf = (row: RedemptionRow) => ({ holderId: row.member_id, asset: POINTS });
  const keys = [...new Map(rows.map((row) => [row.member_id, keyOf(row)])).values()];
  const journal = await Journal.open(scope, keys, rows.filter((row) => row.state === "waiting").map((row) => row.id));
  const grace = graceUntil(await currentProgram(scope), scope.now);
  for (const row of rows) {
    if (row.state === "waiting") {
      journal.release(row.id);
      continue;
    }
    for (const { lot, amount } of await journal.burned(keyOf(row), row.id, ["redeem", "redeem-back"])) {
      journal.restore(keyOf(row), lot, amount, { kind: "redeem-back", counter: "redeemed", refId: row.id, memo: row.name }, grace);
    }
  }
  journal.close();
}

/** Items in the order of their ids, so that two endings wait for each other instead of deadlocking. */
async function giveStockBack(scope: Scope, rows: readonly RedemptionRow[]): Promise<void> {
  const back = new Map<string, number>();
  for (const row of rows) back.set(row.item_id, (back.get(row.item_id) ?? 0) + row.quantity);
  for (const itemId of lockOrder([...back.keys()])) {
    await scope.tx.rows("update loyalty.mall_item set redeemed = redeemed - $3 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, itemId, back.get(itemId)]);
  }
}
