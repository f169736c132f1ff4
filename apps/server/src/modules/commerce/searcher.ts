import { visibleStores } from "../../kernel/scope.ts";
import { memberNames } from "../customers/index.ts";
import type { Searcher } from "../platform/index.ts";

const ORDER_NO = /^[A-Za-z0-9._-]{4,64}$/;

/** Orders for the search box: by number, whole or its beginning, in whichever case it was typed. */
export const orderSearcher: Searcher = {
  kind: "order",
  can: "orders.read",
  find: async (scope, typed, limit) => {
    const q = typed.normalize("NFKC").replaceAll(/\s+/g, "");
    if (!ORDER_NO.test(q)) return { hits: [] };
    const rows = await scope.tx.rows<{ id: string; store_id: string; member_id: string | null; net_fen: number; paid_at: Date }>(
      // A range of the primary key; where the database does not sort by code point it may find fewer, never wrong ones.
      `select o.id, o.store_id, o.member_id, o.net_fen, o.paid_at
         from unnest($2::text[]) as q(start)
        cross join lateral (
          select * from commerce."order" o where o.tenant_id = $1 and o.id >= q.start and o.id < q.start || chr(65535) and starts_with(o.id, q.start)
             and ($3::uuid[] is null or o.store_id = any($3)) order by o.id desc limit $4) as o
        order by o.paid_at desc limit $4`,
      [scope.tenantId, [...new Set([q, q.toUpperCase(), q.toLowerCase()])], visibleStores(scope.actor), limit]);
    const members = await memberNames(scope, rows.flatMap((row) => row.member_id ?? []));
    return {
      hits: rows.map((row) => ({
        id: row.id, title: row.id, subtitle: members.get(row.member_id ?? "") ?? "", storeId: row.store_id,
        at: row.paid_at.toISOString(), amountFen: row.net_fen,
      })),
    };
  },
};
