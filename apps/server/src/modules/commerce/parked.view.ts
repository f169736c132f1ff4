import type { z } from "zod";
import { decodeCursor, pageFrom } from "../../kernel/http/page.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { memberNames } from "../customers/index.ts";
import { staffNames } from "../org/index.ts";
import type { parkedQuery } from "./cart.schema.ts";
import type { StoredCart } from "./quote.ts";

/** What tills have set aside, newest first: whose it is, who parked it and until when its value is held. */
export async function listParked(scope: Scope, query: z.output<typeof parkedQuery>) {
  const after = decodeCursor(query.cursor, 2);
  const rows = await scope.tx.rows<{
    order_id: string; cart: StoredCart; total_fen: number; member_id: string | null; state: string; held_until: Date | null; note: string | null;
    parked_at: Date; parked_by: string;
  }>(
    `select order_id, cart, (quote ->> 'totalFen')::bigint as total_fen, member_id, state, held_until, note, parked_at, parked_by from commerce.quote
      where tenant_id = $1 and parked_at is not null and ($2::text is null or cart ->> 'storeId' = $2) and ($3::text[] is null or cart ->> 'storeId' = any($3))
        and ($4::timestamptz is null or (parked_at, order_id) < ($4, $5::text))
      order by parked_at desc, order_id desc limit $6`,
    [scope.tenantId, query.storeId ?? null, visibleStores(scope.actor), after?.[0] ?? null, after?.[1] ?? null, query.limit + 1]);
  const [members, staff] = await Promise.all([
    memberNames(scope, rows.flatMap((row) => row.member_id ?? [])),
    staffNames(scope, rows.map((row) => row.parked_by)),
  ]);
  return pageFrom(rows, query.limit, (row) => ({
    orderId: row.order_id, storeId: row.cart.storeId, memberId: row.member_id, memberName: members.get(row.member_id ?? "") ?? null, note: row.note,
    items: row.cart.lines.reduce((sum, line) => sum + line.quantity, 0), firstItem: row.cart.lines[0]?.name ?? "", dueFen: row.total_fen,
    parkedBy: staff.get(row.parked_by) ?? null, parkedAt: row.parked_at.toISOString(),
    heldUntil: row.state === "held" && row.held_until && row.held_until > scope.now ? row.held_until.toISOString() : null,
  }), (row) => [row.parked_at.toISOString(), row.order_id]);
}
