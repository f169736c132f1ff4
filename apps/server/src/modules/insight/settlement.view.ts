import { endOfDay, startOfDay, type Day } from "../../kernel/days.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { daysApart, MOST_DAYS } from "./span.ts";
import { headquartersOf } from "./liability.count.ts";
import type { Settlement } from "./liability.schema.ts";

interface Cell {
  sold_by: string;
  used_at: string;
  principal_fen: number;
  bonus_fen: number;
  card_fen: number;
}

/**
 * Who sold prepaid value and who took it in payment, between two days. The seller has the money; the store that gave the goods gets
 * the principal behind them. Bonus is nobody's money: it is shown and not settled. Whoever sees some stores sees their rows and columns.
 */
export async function readSettlement(scope: Scope, { from, to }: { from: Day; to: Day }): Promise<Settlement> {
  if (to < from) throw fieldProblem("to", "before-from", "must not be before the first day");
  if (daysApart(from, to) > MOST_DAYS) throw fieldProblem("to", "too-long", `at most ${MOST_DAYS} days`);
  const headquarters = await headquartersOf(scope);
  const seen = visibleStores(scope.actor);
  const cells = (await cellsOf(scope, { from, to }, headquarters)).filter((cell) => seen === null || seen.includes(cell.sold_by) || seen.includes(cell.used_at));
  const ids = [...new Set(cells.flatMap((cell) => [cell.sold_by, cell.used_at]))];
  const units = await scope.tx.rows<{ id: string; name: string }>("select id, name from org.unit where tenant_id = $1 and id = any($2::uuid[]) order by kind, code", [scope.tenantId, ids]);
  return {
    from, to, stores: units,
    cells: cells.map((cell) => ({ soldBy: cell.sold_by, usedAt: cell.used_at, principalFen: cell.principal_fen, bonusFen: cell.bonus_fen, cardFen: cell.card_fen })),
    balances: units.map(({ id }) => balanceOf(id, cells)),
  };
}

function balanceOf(storeId: string, cells: readonly Cell[]): Settlement["balances"][number] {
  const sum = (of: (cell: Cell) => boolean) => cells.filter(of).reduce((total, cell) => total + cell.principal_fen + cell.card_fen, 0);
  const soldUsedElsewhereFen = sum((cell) => cell.sold_by === storeId && cell.used_at !== storeId);
  const usedSoldElsewhereFen = sum((cell) => cell.used_at === storeId && cell.sold_by !== storeId);
  return { storeId, soldUsedElsewhereFen, usedSoldElsewhereFen, netFen: usedSoldElsewhereFen - soldUsedElsewhereFen };
}

const cellsOf = ({ tx, tenantId, zone }: Scope, { from, to }: { from: Day; to: Day }, headquarters: string): Promise<Cell[]> =>
  tx.rows<Cell>(
    `select sold_by, used_at, sum(principal_fen)::bigint as principal_fen, sum(bonus_fen)::bigint as bonus_fen, sum(card_fen)::bigint as card_fen from (
       select coalesce(l.store_id, $4) as sold_by, o.store_id as used_at, -p.amount * (a.asset = 'prepaid.principal')::int as principal_fen,
              -p.amount * (a.asset = 'prepaid.bonus')::int as bonus_fen, 0 as card_fen
         from ledger.posting p
         join ledger.account a on a.tenant_id = $1 and a.id = p.account_id
         join ledger.lot l on l.tenant_id = $1 and l.id = p.lot_id
         join commerce."order" o on o.tenant_id = $1 and o.id = p.ref_id
        where p.tenant_id = $1 and p.kind in ('pay', 'pay-back') and p.at >= $2 and p.at < $3
       union all
       select coalesce(s.store_id, $4), u.store_id, 0, 0, u.recognised_fen
         from payments.card_use u join payments.card_sale s on s.tenant_id = $1 and s.card_id = u.card_id
        where u.tenant_id = $1 and u.at >= $2 and u.at < $3) moved
      group by 1, 2 having sum(principal_fen) <> 0 or sum(bonus_fen) <> 0 or sum(card_fen) <> 0 order by 1, 2`,
    [tenantId, startOfDay(from, zone), endOfDay(to, zone), headquarters]);
