import type { Scope } from "../../../kernel/scope.ts";
import { linkOf } from "../../platform/index.ts";

/**
 * Adds to those of `ids` that have to stay the ones that something refers to which stays too. Those that only refer to each other, be it in
 * a circle, go together. Links that are `freed` do not count.
 */
export async function referredTo({ tx, tenantId }: Scope, ids: readonly string[], staying: ReadonlyMap<string, string>, freed: ReadonlySet<string>): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<{ from_id: string; to_id: string }>("select distinct from_id, to_id from objects.link where tenant_id = $1 and to_id = any($2::uuid[]) and from_id <> to_id", [tenantId, ids]);
  const links = rows.filter(({ from_id: from, to_id: to }) => !freed.has(linkOf(from, to)));
  const [going, all] = [new Set(ids.filter((id) => !staying.has(id))), new Map(staying)];
  for (let isMore = true; isMore;) {
    const held = links.filter(({ from_id: from, to_id: to }) => going.has(to) && !going.has(from));
    for (const { to_id: to } of held) {
      going.delete(to);
      all.set(to, "referred-to");
    }
    isMore = held.length > 0;
  }
  return all;
}
