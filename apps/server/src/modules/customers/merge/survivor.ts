import type { Route } from "../../../kernel/http/route.ts";
import type { Scope } from "../../../kernel/scope.ts";

/** Who somebody is by now: a member who was merged is the one who has taken them in. Nobody's id is answered as it came. */
export async function survivorOf({ tx, tenantId }: Scope, memberId: string): Promise<string> {
  for (let id = memberId; ; ) {
    const [row] = await tx.rows<{ merged_into: string | null }>("select merged_into from customers.member where tenant_id = $1 and id = $2", [tenantId, id]);
    if (!row?.merged_into) return id;
    id = row.merged_into;
  }
}

/** The same for many: whoever was merged, by their old id. */
export async function survivorsOf(scope: Scope, memberIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await scope.tx.rows<{ id: string }>(
    "select id from customers.member where tenant_id = $1 and id = any($2::uuid[]) and merged_into is not null", [scope.tenantId, memberIds]);
  const survivors = new Map<string, string>();
  for (const { id } of rows) survivors.set(id, await survivorOf(scope, id));
  return survivors;
}

type Run = (scope: Scope, input: { params: { id: string } }, exchange: unknown) => Promise<unknown>;

/** Lets everything below `/members/{id}` find a member by the id that they had before they were merged. */
export const followingMerges = (routes: readonly Route[]): Route[] => routes.map((route) => {
  const run = route.run as Run | undefined;
  if (!run || !route.path.startsWith("/members/{id}")) return route;
  const following: Run = async (scope, input, exchange) => run(scope, { ...input, params: { ...input.params, id: await survivorOf(scope, input.params.id) } }, exchange);
  return { ...route, run: following as Route["run"] } as Route;
});
