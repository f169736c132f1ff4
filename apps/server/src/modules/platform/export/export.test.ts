import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { cart, orderId, tillTenant } from "../../../../test/till.ts";
import type { Client } from "../../../../test/client.ts";
import { visits } from "../../../../test/objects.ts";
import { clock } from "../../../../test/server.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";

const PHONE = "13911112222";
const DAY_MS = 86_400_000;
const LOOK_MS = 200;

const guest = async (tenant: TestTenant, name: string, more: { phone?: string; storeId?: string } = {}) =>
  (await tenant.console.post("/members:quick-register", { phone: PHONE, storeId: tenant.storeId, name, ...more })).body.id as string;

async function bytesOf(client: Client, tenant: TestTenant, method: "GET" | "POST", path: string, body?: object) {
  const { statusCode, rawPayload, headers } = await tenant.server.app.inject({ method, url: `/api/console${path}`, headers: client.headers, ...(body ? { payload: body } : {}) });
  return { status: statusCode, bytes: rawPayload, headers };
}

/** The cells of a CSV that has no line breaks in it. */
const cells = (text: string): string[][] => text.replace("\uFEFF", "").trimEnd().split("\r\n").map((line) => line.split(",").map((cell) => cell.replace(/^"(.*)"$/s, "$1").replaceAll('""', '"')));

test("a list leaves as its page shows it: masked phones, a mark in every row, an entry in the audit log", async () => {
  const tenant = await freshTenant();
  await guest(tenant, "王小明");
  const answer = await tenant.console.post("/exports", { kind: "members", format: "csv", query: { q: "王小明" } });
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
  expect(decodeURIComponent(String(answer.headers["content-disposition"]))).toMatch(/会员-\d{8}-\d{6}-林掌柜\.csv$/);
  expect(answer.body.startsWith("\uFEFF")).toBe(true);
  const [titles = [], row = []] = cells(answer.body);
  const [run] = (await tenant.console.get("/exports")).body.items;
  expect(Object.fromEntries(titles.map((title, at) => [title, row[at]]))).toMatchObject({ 姓名: "王小明", 手机号: "139****2222", 归属门店: "南京路店", 门店编码: "SH001", 导出编号: run.id });
  expect(run).toMatchObject({ kind: "members", state: "done", rows: 1, isWhole: false, isReady: false, filters: { q: "王**" }, by: "林掌柜" });
  const [entry] = (await tenant.console.get("/audit-entries?action=export")).body.items;
  expect(entry).toMatchObject({ action: "export.create", subject: { id: run.id }, after: { kind: "members", rows: 1, isWhole: false, filters: { q: "王**" } } });
});

test("whole phones leave with whoever may reveal them, for a reason that is kept, and only of the stores they reach", async () => {
  const tenant = await freshTenant();
  const second = await tenant.addStore();
  await guest(tenant, "甲");
  await guest(tenant, "乙", { phone: "13911113333", storeId: second });
  const wish = { kind: "members", format: "csv", whole: { reason: "短信通知" } };
  expect((await tenant.console.post("/exports", wish)).body).toContain(PHONE);
  expect((await tenant.console.get("/audit-entries?action=export.create")).body.items[0]).toMatchObject({ reason: "短信通知", after: { isWhole: true, rows: 2 } });
  const marketer = await tenant.as("marketer", tenant.headquartersId);
  expect(await marketer.post("/exports", wish)).toMatchObject({ status: 403, body: { code: "access/forbidden" } });
  expect((await marketer.post("/exports", { ...wish, whole: undefined })).body).not.toContain(PHONE);
  const manager = await tenant.as("store-manager", second);
  const own = (await manager.post("/exports", wish)).body as string;
  expect(own).toContain("13911113333");
  expect(own).not.toMatch(/甲|13911112222/);
  expect((await tenant.console.post("/exports", { ...wish, whole: {} })).body.errors[0].field).toBe("whole.reason");
});

test("what a spreadsheet would run is text, in both formats", async () => {
  const tenant = await freshTenant();
  const names = ["=1+1", "+86", "-3", "@SUM(A1)", "＝A1"];
  for (const [at, name] of names.entries()) await guest(tenant, name, { phone: `1391111000${at}` });
  const wish = { kind: "members", columns: ["name"] };
  const csv = cells((await tenant.console.post("/exports", { ...wish, format: "csv" })).body).slice(1).map((row) => row.slice(0, -1).join(","));
  expect(csv.toSorted()).toEqual(["'=1+1", "'+86", "'-3", "'@SUM(A1)", "'＝A1"].toSorted());
  await guest(tenant, 'a,"b"', { phone: "13911110009" });
  expect((await tenant.console.post("/exports", { ...wish, format: "csv" })).body).toContain('"a,""b""",');
  const book = unzipSync((await bytesOf(tenant.console, tenant, "POST", "/exports", { ...wish, format: "xlsx" })).bytes);
  const sheet = strFromU8(book["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  expect(sheet).not.toContain("<f>");
  expect(sheet).toContain('<c s="3" t="inlineStr"><is><t xml:space="preserve">=1+1</t></is></c>');
  const [run] = (await tenant.console.get("/exports")).body.items;
  for (const part of ["xl/worksheets/sheet2.xml", "docProps/custom.xml"]) expect(strFromU8(book[part] ?? new Uint8Array()), part).toContain(run.id);
  expect(sheet).toContain("山海火锅 · 林掌柜");
});

test("the caller's stores bound what leaves, and the list's own permission is asked besides", async () => {
  const tenant = await tillTenant();
  const second = await tenant.addStore();
  for (const storeId of [tenant.storeId, second]) {
    const paid = await tenant.till.post(`/quotes/${storeId.slice(-12)}:commit`, { ...cart(tenant), storeId, tenders: [{ kind: "cash" }] }, { key: orderId() });
    expect(paid.status, JSON.stringify(paid.body)).toBe(200);
  }
  const all = cells((await tenant.console.post("/exports", { kind: "orders", format: "csv", language: "en" })).body);
  expect(all).toHaveLength(3);
  expect(all[0]).toEqual(expect.arrayContaining(["Order no.", "Net (yuan)", "Export no."]));
  const manager = await tenant.as("store-manager", second);
  expect(cells((await manager.post("/exports", { kind: "orders", format: "csv" })).body).slice(1).map(([no]) => no)).toEqual([second.slice(-12)]);
  expect((await manager.post("/exports", { kind: "audit-entries", format: "csv" })).status).toBe(403);
  expect((await (await tenant.as("cashier")).post("/exports", { kind: "orders", format: "csv" })).status).toBe(403);
  expect((await tenant.console.post("/exports", { kind: "orders", format: "csv", query: { status: "lost" } })).body.errors[0].field).toBe("query.status");
  expect((await tenant.console.post("/exports", { kind: "sandcastles", format: "csv" })).body.errors[0].field).toBe("kind");
  expect((await tenant.console.post("/exports", { kind: "orders", format: "csv", columns: ["secret"] })).body.errors[0].field).toBe("columns");
});

test("records leave with the columns, the filter and the order of a saved view, personal fields masked", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, [
    { key: "city", kind: "text", name: "城市", isFilterable: true }, { key: "budget", kind: "money", name: "预算", isFilterable: true }, { key: "contact", kind: "phone", name: "联系电话" },
  ]);
  for (const [city, budget] of [["上海", 300], ["上海", 100], ["杭州", 200]] as const) expect((await add({ city, budget, contact: PHONE })).status).toBe(201);
  await tenant.drain();
  const filter = [{ field: "city", op: "eq", value: "上海" }];
  const saved = await tenant.console.post("/objects/visit/views", { name: "上海", filter, sort: "budget", columns: ["budget", "contact"] });
  expect(saved.status, JSON.stringify(saved.body)).toBe(201);
  const query = { object: "visit", filter: JSON.stringify(filter), sort: "budget", view: saved.body.items[0].id as string };
  const shown = cells((await tenant.console.post("/exports", { kind: "records", format: "csv", query })).body).map((row) => row.slice(0, 2));
  expect(shown).toEqual([["预算", "联系电话"], ["1.00", "139****2222"], ["3.00", "139****2222"]]);
  const whole = (await tenant.console.post("/exports", { kind: "records", format: "csv", query, whole: { reason: "回访" } })).body as string;
  expect(whole.match(new RegExp(PHONE, "g"))).toHaveLength(2);
});

test("columns are listed as far as one's role sees them, taken in the order that one asks for, and begun with the next time", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, [{ key: "city", kind: "text", name: "城市" }, { key: "budget", kind: "money", name: "预算" }]);
  await add({ city: "上海", budget: 300 });
  const list = { kind: "records", query: { object: "visit" } };
  const asked = async (client: Client, more: object = {}) => (await client.post("/exports:columns", { ...list, ...more })).body;
  const before = await asked(tenant.console);
  expect(before).toMatchObject({ items: expect.arrayContaining([{ key: "city", name: "城市", nameEn: "城市" }, { key: "store$", name: "门店", nameEn: "Store" }]), shown: null });
  const taken = cells((await tenant.console.post("/exports", { ...list, format: "csv", columns: ["budget", "city"] })).body).map((row) => row.slice(0, 2));
  expect(taken).toEqual([["预算", "城市"], ["3.00", "上海"]]);
  expect((await asked(tenant.console)).shown).toEqual(["budget", "city"]);
  expect((await asked(tenant.console, { kind: "members", query: {} })).shown).toBeNull();
  const auditor = await tenant.as("auditor", tenant.headquartersId);
  expect((await asked(auditor)).shown).toBeNull();
  await tenant.console.put(`/objects/visit/layouts/${tenant.roleIds.auditor}`, { sections: [], readOnly: [], hidden: ["budget"] });
  expect((await asked(auditor)).items.map((one: { key: string }) => one.key)).toEqual(before.items.map((one: { key: string }) => one.key).filter((key: string) => key !== "budget"));
  expect((await auditor.post("/exports", { ...list, format: "csv", columns: ["budget"] })).body.errors[0].field).toBe("columns");
  expect((await (await tenant.as("store-manager")).post("/exports:columns", { kind: "audit-entries" })).status).toBe(403);
  expect((await auditor.post("/exports:columns", { kind: "sandcastles" })).body.errors[0].field).toBe("kind");
  expect((await tenant.console.post("/exports", { ...list, format: "csv" })).status).toBe(200);
  expect((await asked(tenant.console)).shown).toBeNull();
});

test("what a record refers to stands in the file as people know it: by its name, or by its number where it has none", async () => {
  const tenant = await freshTenant();
  const visit = { key: "guest", kind: "reference", name: "客人", settings: { target: "member" } };
  const { add } = await visits(tenant, [visit, { key: "no", kind: "auto-number", name: "编号", settings: { prefix: "V-", digits: 4 } }, { key: "before", kind: "reference", name: "上次", settings: { target: "visit" } }, { key: "title", kind: "text", name: "主题" }]);
  await tenant.console.patch("/objects/visit", { titleField: "title" });
  const named = await guest(tenant, "王小明");
  const { id: nameless, memberNo } = (await tenant.console.post("/members:quick-register", { phone: "13911113333", storeId: tenant.storeId })).body;
  const first = (await add({ guest: named })).body.id as string;
  await add({ guest: nameless, before: first });
  const rows = cells((await tenant.console.post("/exports", { kind: "records", format: "csv", query: { object: "visit" }, columns: ["guest", "before"] })).body).map((row) => row.slice(0, 2));
  expect(rows).toEqual([["客人", "上次"], [memberNo, "V-0001"], ["王小明", ""]]);
});

test("statements, coupons and the audit log leave by the same door", async () => {
  const tenant = await tillTenant();
  await tenant.console.post(`/members/${tenant.memberId}/points:adjust`, { points: 7, reason: "生日" }, { key: "adjust-for-export" });
  const couponId = await tenant.coupon();
  const code = (await tenant.console.get(`/members/${tenant.memberId}/coupons`)).body.items.find((one: { id: string }) => one.id === couponId).code as string;
  const taken = async (kind: string, query: object) => cells((await tenant.console.post("/exports", { kind, format: "csv", query })).body);
  expect((await taken("points-entries", { memberId: tenant.memberId })).flat()).toEqual(expect.arrayContaining(["人工调整", "7", "生日"]));
  expect((await taken("stored-value-entries", { memberId: tenant.memberId })).flat()).toEqual(expect.arrayContaining(["100.00", "20.00"]));
  expect((await taken("coupons", { code })).flat()).toEqual(expect.arrayContaining([code, "王小明", "可使用"]));
  expect((await taken("audit-entries", { action: "points" })).flat()).toContain("points.adjust");
  const other = await tillTenant();
  expect((await other.console.post("/exports", { kind: "points-entries", format: "csv", query: { memberId: tenant.memberId } })).status).toBe(404);
});

test("a long list is written in the background, told to whoever asked, theirs alone, and gone after three days", async () => {
  const tenant = await freshTenant();
  await entries(tenant, 10_500, 10);
  const { status, body: run } = await tenant.console.post("/exports", { kind: "audit-entries", format: "csv" });
  expect([status, run.state, run.isReady]).toEqual([202, "running", false]);
  expect((await tenant.console.get(`/exports/${run.id}/file`)).status).toBe(404);
  await tenant.drain();
  const done = (await tenant.console.get(`/exports/${run.id}`)).body;
  expect(done).toMatchObject({ state: "done", isReady: true });
  expect(done.rows).toBeGreaterThanOrEqual(10_500);
  const { bytes } = await bytesOf(tenant.console, tenant, "GET", `/exports/${run.id}/file`);
  expect(bytes).toHaveLength(done.sizeBytes);
  expect(bytes.toString().split("\r\n")).toHaveLength(done.rows + 2);
  expect((await tenant.console.get("/notifications")).body.items[0]).toMatchObject({ title: "export.done", link: "/exports" });
  const auditor = await tenant.as("auditor", tenant.headquartersId);
  expect((await auditor.get(`/exports/${run.id}`)).body).toMatchObject({ state: "done", isReady: false });
  expect((await auditor.get(`/exports/${run.id}/file`)).status).toBe(404);
  const manager = await tenant.as("store-manager");
  expect([(await manager.get(`/exports/${run.id}`)).status, (await manager.get("/exports")).body.items]).toEqual([404, []]);
  const other = await freshTenant();
  for (const path of [`/exports/${run.id}`, `/exports/${run.id}/file`]) expect((await other.console.get(path)).status, path).toBe(404);
  clock.advance(3 * DAY_MS + 60_000);
  expect((await tenant.console.get(`/exports/${run.id}/file`)).status).toBe(404);
  expect((await tenant.console.get(`/exports/${run.id}`)).body).toMatchObject({ state: "done", isReady: false, keptUntil: null });
  clock.advance(-3 * DAY_MS - 60_000);
});

test("an export that was stopped, or whose right was taken away meanwhile, leaves no file", async () => {
  const tenant = await freshTenant();
  const wish = { kind: "audit-entries", format: "csv", inBackground: true };
  const stopped = (await tenant.console.post("/exports", wish)).body;
  expect((await tenant.console.post(`/exports/${stopped.id}:cancel`)).body.state).toBe("cancelled");
  expect((await tenant.console.post(`/exports/${stopped.id}:cancel`)).status).toBe(409);
  const auditor = await tenant.as("auditor", tenant.headquartersId);
  const refused = (await auditor.post("/exports", wish)).body;
  await tenant.console.patch(`/roles/${tenant.roleIds.auditor}`, { permissions: ["exports.create"] });
  await tenant.drain();
  expect((await tenant.console.get(`/exports/${stopped.id}`)).body).toMatchObject({ state: "cancelled", isReady: false });
  expect((await tenant.console.get(`/exports/${refused.id}`)).body).toMatchObject({ state: "failed", failure: "access-lost" });
  const kept = await tenant.inScope((scope) => scope.tx.rows("select 1 from platform.file where tenant_id = $1", [scope.tenantId]));
  expect(kept).toEqual([]);
});

test("when a member leaves, the files that may hold them go", async () => {
  const tenant = await freshTenant();
  const memberId = await guest(tenant, "离开的人");
  const run = (await tenant.console.post("/exports", { kind: "members", format: "csv", inBackground: true })).body;
  await tenant.drain();
  expect((await tenant.console.get(`/exports/${run.id}`)).body.isReady).toBe(true);
  expect((await tenant.console.post(`/members/${memberId}/deletion`, {})).status).toBeLessThan(300);
  clock.advance(7 * DAY_MS + 60_000);
  await tenant.runSchedule("customers.start-purges");
  await tenant.drain();
  clock.advance(-7 * DAY_MS - 60_000);
  expect((await tenant.console.get(`/exports/${run.id}/file`)).status).toBe(404);
});

test.each(["csv", "xlsx"])("what an export of 90 MB as %s holds does not grow with the rows it has written", { timeout: 120_000 }, async (format) => {
  const tenant = await freshTenant();
  await entries(tenant, 30_000, 3_000);
  const { body: run } = await tenant.console.post("/exports", { kind: "audit-entries", format, inBackground: true });
  const watch = watchMemory();
  await tenant.drain();
  const grownMb = watch.end();
  const done = (await tenant.console.get(`/exports/${run.id}`)).body;
  expect(done.state).toBe("done");
  expect(done.rows).toBeGreaterThanOrEqual(30_000);
  // One that keeps what it has read grows by 60.
  expect(grownMb).toBeLessThan(30);
});

/** So many entries of the audit log with so many characters each. */
const entries = (tenant: TestTenant, count: number, length: number) => tenant.inScope((scope) => scope.tx.rows(
  `insert into kernel.audit_entry (tenant_id, id, at, actor, actor_name, action, subject_kind, subject_id, after, ip, request_id)
   select $1, gen_random_uuid(), $2, 'system:test', '', 'test.note', 'test', n::text, jsonb_build_object('text', repeat(md5(n::text), $4::int / 32 + 1)), '', '' from generate_series(1, $3::int) n`,
  [scope.tenantId, scope.now, count, length]));

/** How much more lived in the last third of the time than in the first, in MB: by the middle look of each, so that neither a page nor what others left behind counts. */
function watchMemory() {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const looks: number[] = [];
  const watching = setInterval(() => {
    // What the first finds dead outside the heap is let go of by the time of the second.
    collect();
    collect();
    const { heapUsed, external } = process.memoryUsage();
    looks.push((heapUsed + external) / 2 ** 20);
  }, LOOK_MS);
  return {
    end: () => {
      clearInterval(watching);
      const third = Math.floor(looks.length / 3);
      expect(third).toBeGreaterThan(0);
      return middle(looks.slice(-third)) - middle(looks.slice(0, third));
    },
  };
}

const middle = (of: readonly number[]): number => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? Number.NaN;
