import { visibleStores } from "../../kernel/scope.ts";
import { memberNames } from "../customers/index.ts";
import { searchCustom } from "../objects/index.ts";
import type { Searcher } from "../platform/index.ts";
import { productsLike, productsNamed } from "./product.view.ts";

const ORDER_NO = /^[A-Za-z0-9._-]{4,64}$/;
/** Some more than there is room for: not all of them may be the caller's to see. */
const CANDIDATES = 50;

/** Orders for the search box: by number, whole or its beginning, in whichever case it was typed, and by own fields. */
export const orderSearcher: Searcher = {
  kind: "order",
  can: "orders.read",
  find: async (scope, typed, limit) => {
    const q = typed.normalize("NFKC").replaceAll(/\s+/g, "");
    const own = await searchCustom(scope, "order", typed, CANDIDATES);
    const starts = ORDER_NO.test(q) ? [...new Set([q, q.toUpperCase(), q.toLowerCase()])] : [];
    if (starts.length + own.length === 0) return { hits: [] };
    const rows = await scope.tx.rows<{ id: string; store_id: string; member_id: string | null; net_fen: number; paid_at: Date }>(
      // A range of the primary key; where the database does not sort by code point it may find fewer, never wrong ones.
      `select o.id, o.store_id, o.member_id, o.net_fen, o.paid_at
         from unnest($2::text[]) as q(start)
        cross join lateral (
          select o.* from commerce."order" o where o.tenant_id = $1 and o.id >= q.start and o.id < q.start || chr(65535) and starts_with(o.id, q.start)
             and ($3::uuid[] is null or o.store_id = any($3)) order by o.id desc limit $4) as o
       union select o.id, o.store_id, o.member_id, o.net_fen, o.paid_at from commerce."order" o where o.tenant_id = $1 and o.id = any($5) and ($3::uuid[] is null or o.store_id = any($3))
        order by paid_at desc limit $4`,
      [scope.tenantId, starts, visibleStores(scope.actor), limit, own]);
    const members = await memberNames(scope, rows.flatMap((row) => row.member_id ?? []));
    return {
      hits: rows.map((row) => ({
        id: row.id, title: row.id, subtitle: members.get(row.member_id ?? "") ?? "", storeId: row.store_id,
        at: row.paid_at.toISOString(), amountFen: row.net_fen,
      })),
    };
  },
};

/** Products for the search box: by all that finds one in the list, and by own fields. */
export const productSearcher: Searcher = {
  kind: "product",
  can: "products.manage",
  find: async (scope, q, limit) => {
    const items = await productsLike(scope, q, limit);
    const own = items.length < limit ? await productsNamed(scope, (await searchCustom(scope, "product", q, limit)).filter((id) => !items.some((one) => one.id === id))) : [];
    return {
      hits: [...items, ...own].slice(0, limit).map((product) => ({
        // A product has no page of its own: its list is asked for the SKU.
        id: product.sku, title: product.name, subtitle: [product.sku, product.category].filter(Boolean).join(" · "), storeId: null, at: null, amountFen: product.unitPriceFen,
      })),
    };
  },
};
