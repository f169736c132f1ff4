import type { Scope } from "../../kernel/scope.ts";
import { leftOf, relocateAll, relocateBack, type Relocated } from "./relocation.ts";

interface Pair {
  mergeId: string;
  survivorId: string;
  absorbedId: string;
}

interface Row {
  asset: string;
  survivor: number;
  absorbed: number;
}

/** Every account of a member who becomes part of another. */
export const mergeStep = {
  module: "ledger",
  preview: async (scope: Scope, { survivorId, absorbedId }: Pair) => {
    const rows = await scope.tx.rows<Row>(
      `select asset, coalesce(sum(balance) filter (where holder_id = $2), 0)::bigint as survivor, coalesce(sum(balance) filter (where holder_id = $3), 0)::bigint as absorbed
         from ledger.account where tenant_id = $1 and holder_id in ($2, $3) group by 1 order by 1`, [scope.tenantId, survivorId, absorbedId]);
    return { lines: rows.map(({ asset, survivor, absorbed }) => ({ what: asset, survivor, absorbed, after: survivor + absorbed })), blockers: [] };
  },
  merge: async (scope: Scope, { mergeId, survivorId, absorbedId }: Pair) => ({ accounts: await relocateAll(scope, { fromId: absorbedId, toId: survivorId, refId: mergeId }) }),
  /** What goes back is what is left of the lots that came. */
  previewUndo: async (scope: Scope, { survivorId }: Pair, { accounts }: { accounts: Relocated[] }) => {
    const balances = await scope.tx.rows<{ asset: string; balance: number }>(
      "select asset, balance from ledger.account where tenant_id = $1 and holder_id = $2", [scope.tenantId, survivorId]);
    const lines = [];
    for (const account of accounts) {
      const [left, balance] = [await leftOf(scope, survivorId, account), balances.find((row) => row.asset === account.asset)?.balance ?? 0];
      lines.push({ what: account.asset, survivor: balance, absorbed: left - account.owed, after: balance - left + account.owed });
    }
    return { lines, blockers: [] };
  },
  undo: async (scope: Scope, { mergeId, survivorId, absorbedId }: Pair, { accounts }: { accounts: Relocated[] }) =>
    relocateBack(scope, { fromId: survivorId, toId: absorbedId, refId: mergeId }, accounts),
};
