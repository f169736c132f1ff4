import type { Scope } from "../../kernel/scope.ts";

/** What one reference moved on one lot, all postings of the kinds asked for together. */
export interface LotMove {
  asset: string;
  lotId: string;
  originId: string;
  refId: string;
  amount: number;
}

/** How a holder's lots of these assets were moved, also those that are used up. What cancels out is left out. */
export async function listMoves(scope: Scope, holderId: string, assets: readonly string[], kinds: readonly string[]): Promise<LotMove[]> {
  const rows = await scope.tx.rows<{ asset: string; lot_id: string; origin_id: string; ref_id: string; amount: number }>(
    `select a.asset, p.lot_id, l.origin_id, p.ref_id, sum(p.amount)::bigint as amount
       from ledger.account a
       join ledger.posting p on p.tenant_id = $1 and p.kind = any($4::text[])
        and p.account_id = any(array(select a.id union all select k.kin_id from ledger.kin k where k.tenant_id = $1 and k.account_id = a.id))
       join ledger.lot l on l.tenant_id = $1 and l.id = p.lot_id and l.account_id = a.id
      where a.tenant_id = $1 and a.holder_id = $2 and a.asset = any($3::text[])
      group by 1, 2, 3, 4 having sum(p.amount) <> 0 order by 2, 4`, [scope.tenantId, holderId, assets, kinds]);
  return rows.map((row) => ({ asset: row.asset, lotId: row.lot_id, originId: row.origin_id, refId: row.ref_id, amount: row.amount }));
}
