import type { Scope } from "../../../kernel/scope.ts";
import { doneTodo, putTodo } from "../../platform/index.ts";

/** Nobody counts further than this: it is many. */
const MANY = 1_000;

/** Puts the pairs that are open on the list of those who may merge, or takes them off it. */
export async function listWaiting(scope: Scope): Promise<void> {
  const [{ count } = { count: 0 }] = await scope.tx.rows<{ count: number }>(
    `select count(*)::int as count from (select 1 from customers.duplicate d where d.tenant_id = $1 and d.state = 'open' limit ${MANY}) v`, [scope.tenantId]);
  if (count === 0) return doneTodo(scope, "duplicates", "open");
  await putTodo(scope, {
    kind: "duplicates", key: "open", for: { permission: "members.merge" }, count, link: "/duplicates", title: { zh: "疑似重复的会员等人确认", en: "Possible duplicates to look through" },
  });
}
