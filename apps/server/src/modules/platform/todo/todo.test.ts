import { expect, test } from "vitest";
import { clock } from "../../../../test/server.ts";
import { freshTenant } from "../../../../test/tenant.ts";
import { doneTodo, putTodo } from "./todo.ts";

const HOUR_MS = 3_600_000;
type Listed = { id: string; kind: string; title: { zh: string }; count: number | null; doneAt: string | null }[];
const list = async (who: { get(path: string): Promise<{ body: { items?: unknown } }> }, query = "") => (await who.get(`/todos${query}`)).body.items as Listed;

test("a task waits for whom it was given to, is ticked off, and that can be taken back", async () => {
  const tenant = await freshTenant();
  const [boss, colleague, stranger] = [await tenant.as("store-manager"), await tenant.as("cashier"), await tenant.as("cashier")];
  const dueAt = new Date(clock.now().getTime() + HOUR_MS).toISOString();
  const made = await boss.post("/todos", { title: "给李小花回电话", note: "投诉", dueAt, staffId: colleague.staffId });
  expect(made.status).toBe(201);
  expect(await list(boss)).toEqual([]);
  expect(await list(boss, "?view=given")).toMatchObject([{ id: made.body.id, whose: "小周" }]);
  expect(await list(colleague)).toMatchObject([{ kind: "task", title: { zh: "给李小花回电话" }, note: "投诉", dueAt }]);
  expect((await colleague.get("/todo-counts")).body).toEqual({ total: 1, overdue: 0, kinds: [{ kind: "task", count: 1 }] });
  clock.advance(2 * HOUR_MS);
  expect((await colleague.get("/todo-counts")).body.overdue).toBe(1);
  expect((await stranger.post(`/todos/${made.body.id}:done`)).status).toBe(404);
  expect(await colleague.post(`/todos/${made.body.id}:done`)).toMatchObject({ status: 200, body: { total: 0 } });
  expect(await list(colleague, "?view=done")).toMatchObject([{ id: made.body.id, doneAt: expect.any(String) }]);
  expect(await colleague.post(`/todos/${made.body.id}:reopen`)).toMatchObject({ status: 200, body: { total: 1 } });
  expect((await boss.post("/todos", { title: "x", staffId: tenant.tenantId })).status).toBe(422);
});

test("what a module puts on the list waits for all who have the permission, once, until the module says it is done", async () => {
  const tenant = await freshTenant();
  const [service, cashier] = [await tenant.as("service"), await tenant.as("cashier")];
  const put = (count: number) => tenant.inScope((scope) => putTodo(scope, { kind: "duplicates", key: "open", for: { permission: "members.merge" }, title: { zh: "疑似重复会员", en: "Possible duplicates" }, link: "/duplicates", count }));
  await put(3);
  await put(5);
  expect(await list(service)).toMatchObject([{ kind: "duplicates", count: 5, title: { zh: "疑似重复会员" } }]);
  expect(await list(cashier)).toEqual([]);
  const [todo] = await list(service);
  expect((await service.post(`/todos/${todo?.id}:done`)).status).toBe(404);
  await tenant.inScope((scope) => doneTodo(scope, "duplicates", "open"));
  expect([await list(service), (await service.get("/todo-counts")).body.total]).toEqual([[], 0]);
  await put(1);
  expect(await list(service, "?kind=duplicates")).toHaveLength(1);
});

test("decisions stand on the list beside tasks, what is due first on top, page by page", async () => {
  const tenant = await freshTenant();
  const [asker, leader] = [await tenant.as("store-manager"), await tenant.as("service")];
  const { id: memberId } = (await tenant.console.post("/members:quick-register", { phone: "13911112222", name: "王小明", storeId: tenant.storeId })).body;
  await tenant.console.put("/approval-chains/points", { steps: [{ name: "客服", who: { kind: "staff", staffIds: [leader.staffId] }, mode: "any", when: {}, timeoutHours: 2 }] });
  await leader.post("/todos", { title: "没有期限" });
  await leader.post("/todos", { title: "先做", dueAt: new Date(clock.now().getTime() + HOUR_MS).toISOString() });
  const asked = await asker.post(`/members/${memberId}/points:adjust`, { points: 5, reason: "补偿" }, { key: "points-that-wait" });
  expect((await list(leader)).map((one) => one.title.zh)).toEqual(["先做", "给王小明增加 5 积分", "没有期限"]);
  expect((await list(leader, "?kind=approval")).map((one) => one.id)).toEqual([asked.body.requestId]);
  const first = (await leader.get("/todos?limit=2")).body;
  expect((await leader.get(`/todos?limit=2&cursor=${first.nextCursor}`)).body.items).toMatchObject([{ title: { zh: "没有期限" } }]);
  await leader.post(`/approvals/${asked.body.requestId}:approve`);
  expect((await leader.get("/todo-counts")).body.kinds).toEqual([{ kind: "task", count: 2 }]);
  expect(await list(leader, "?view=done")).toMatchObject([{ kind: "approval", doneAt: expect.any(String) }]);
});
