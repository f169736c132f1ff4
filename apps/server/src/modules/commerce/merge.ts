import { textList } from "../../kernel/db/array.ts";
import type { Scope } from "../../kernel/scope.ts";
import { moveRows, moveRowsBack, type FollowingRows, type MergePair, type MergeStep, type MovedRows } from "../customers/index.ts";
import { addToStanding, currentProgram, readStandings, writeStandings } from "../loyalty/index.ts";

const ROWS: readonly FollowingRows[] = [
  { table: 'commerce."order"', column: "member_id", key: ["id"] },
  { table: 'commerce."return"', column: "member_id", key: ["id"] },
  { table: "commerce.quote", column: "member_id", key: ["order_id"] },
  { table: "commerce.bill", column: "host_id", key: ["id"] },
  { table: "commerce.bill_share", column: "member_id", key: ["bill_id", "no"] },
  { table: "commerce.bill_share", column: "payer_id", key: ["bill_id", "no"] },
  { table: "commerce.offline_code", column: "member_id", key: ["id"] },
  { table: "commerce.offline_exception", column: "member_id", key: ["id"] },
];
const ORDERS = 'commerce."order".member_id';

/** Orders and what hangs on them. */
export const mergeStep: MergeStep = {
  module: "commerce",
  rows: ROWS,
  async preview(scope, { survivorId, absorbedId }) {
    const [row] = await scope.tx.rows<{ survivor: number; absorbed: number }>(
      `select count(*) filter (where member_id = $2)::int as survivor, count(*) filter (where member_id = $3)::int as absorbed
         from commerce."order" where tenant_id = $1 and member_id in ($2, $3)`, [scope.tenantId, survivorId, absorbedId]);
    const { survivor, absorbed } = row ?? { survivor: 0, absorbed: 0 };
    return { lines: [{ what: "orders", survivor, absorbed, after: survivor + absorbed }], blockers: [] };
  },
  async merge(scope, { survivorId, absorbedId }) {
    const rows = await moveRows(scope, ROWS, absorbedId, survivorId);
    await renameInCarts(scope, absorbedId, survivorId);
    return { rows };
  },
  async undo(scope, pair, { rows }: { rows: MovedRows }) {
    await moveRowsBack(scope, ROWS, rows, pair.survivorId, pair.absorbedId);
    await renameInCarts(scope, pair.survivorId, pair.absorbedId, rows["commerce.quote.member_id"] ?? []);
    await returnReturns(scope, pair, rows[ORDERS] ?? []);
  },
};

/** A kept cart names its member too. */
const renameInCarts = ({ tx, tenantId }: Scope, fromId: string, toId: string, orderIds?: readonly string[]): Promise<unknown> => tx.rows(
  `update commerce.quote set cart = jsonb_set(cart, '{memberId}', to_jsonb($3::text))
    where tenant_id = $1 and member_id = $3::uuid and cart ->> 'memberId' = $2 and ($4::text[] is null or order_id = any($4::text[]))`,
  [tenantId, fromId, toId, orderIds ? textList(orderIds) : null]);

interface ReturnRow {
  id: string;
  at: Date;
  paid_at: Date;
  amount_fen: number;
}

/** What was returned of these orders meanwhile belongs to whose orders they are again; so does what it took off their standing. */
async function returnReturns(scope: Scope, { survivorId, absorbedId }: MergePair, orderIds: readonly string[]): Promise<void> {
  const { tx, tenantId, zone } = scope;
  const returns = await tx.rows<ReturnRow>(
    `update commerce."return" r set member_id = $3 from commerce."order" o
      where r.tenant_id = $1 and o.tenant_id = $1 and o.id = r.order_id and r.member_id = $2 and r.order_id = any($4::text[])
      returning r.id, r.at, o.paid_at, r.amount_fen + r.clawed_fen as amount_fen`, [tenantId, survivorId, absorbedId, textList(orderIds)]);
  const [standings, program] = [await readStandings(scope, [survivorId, absorbedId]), await currentProgram(scope)];
  const [survivor, absorbed] = [standings.get(survivorId), standings.get(absorbedId)];
  if (!survivor || !absorbed) return;
  for (const one of returns) {
    const at = program.tierRefundMonth === "refund" ? one.at : one.paid_at;
    addToStanding(survivor, at, zone, one.amount_fen, 0);
    addToStanding(absorbed, at, zone, -one.amount_fen, 0);
  }
  const [span] = await tx.rows<{ first: Date | null; last: Date | null }>(
    `select min(paid_at) as first, max(paid_at) as last from commerce."order" where tenant_id = $1 and member_id = $2`, [tenantId, survivorId]);
  Object.assign(survivor, { firstOrderAt: span?.first ?? null, lastOrderAt: span?.last ?? null });
  writeStandings(scope, [survivor, absorbed], []);
}
