import type { Scope } from "../../../kernel/scope.ts";
import { findStore } from "../../org/index.ts";
import { doneTodo, putTodo } from "../../platform/index.ts";

const OFFLINE = "offline-exceptions";

/** Puts what tills without network left open on the lists of those who may refund at the store, or takes it off. */
export async function listWaiting(scope: Scope, storeIds: readonly string[]): Promise<void> {
  const open = await scope.tx.rows<{ store_id: string; count: number }>(
    "select store_id, count(*)::int as count from commerce.offline_exception where tenant_id = $1 and resolved_at is null and store_id = any($2::uuid[]) group by store_id", [scope.tenantId, storeIds]);
  for (const storeId of storeIds.toSorted()) {
    const count = open.find((row) => row.store_id === storeId)?.count;
    if (!count) {
      await doneTodo(scope, OFFLINE, storeId);
      continue;
    }
    const name = (await findStore(scope, storeId))?.name ?? "";
    await putTodo(scope, {
      kind: OFFLINE, key: storeId, for: { permission: "orders.refund", storeId }, count, link: "/offline-exceptions",
      title: { zh: `${name}：离线订单等人核对`, en: `${name}: offline orders to look through` },
    });
  }
}
