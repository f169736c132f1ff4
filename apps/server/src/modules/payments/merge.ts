import { moveRows, moveRowsBack, type FollowingRows, type MergeStep, type MovedRows } from "../customers/index.ts";

/** A transfer between members stays as it was written: from whom to whom is its meaning. */
const ROWS: readonly FollowingRows[] = ["top_up", "payment", "card", "renewal", "stored_card", "withdrawal"]
  .map((table) => ({ table: `payments.${table}`, column: "member_id", key: ["id"] }));

/** Cards, top-ups and what is on its way back. The value itself is the ledger's. */
export const mergeStep: MergeStep = {
  module: "payments",
  rows: ROWS,
  async preview(scope, { survivorId, absorbedId }) {
    const [cards] = await scope.tx.rows<{ survivor: number; absorbed: number }>(
      `select count(*) filter (where member_id = $2)::int as survivor, count(*) filter (where member_id = $3)::int as absorbed from payments.card
        where tenant_id = $1 and member_id in ($2, $3) and state in ('active', 'paused')`, [scope.tenantId, survivorId, absorbedId]);
    const frozen = await scope.tx.rows("select 1 from payments.freeze where tenant_id = $1 and member_id in ($2, $3)", [scope.tenantId, survivorId, absorbedId]);
    const { survivor, absorbed } = cards ?? { survivor: 0, absorbed: 0 };
    // What somebody reported lost or disputes must not become spendable by the way of a merge.
    return { lines: [{ what: "cards", survivor, absorbed, after: survivor + absorbed }], blockers: frozen.length > 0 ? ["stored-value-frozen"] : [] };
  },
  merge: async (scope, { survivorId, absorbedId }) => ({ rows: await moveRows(scope, ROWS, absorbedId, survivorId) }),
  undo: (scope, { survivorId, absorbedId }, { rows }: { rows: MovedRows }) => moveRowsBack(scope, ROWS, rows, survivorId, absorbedId),
};
