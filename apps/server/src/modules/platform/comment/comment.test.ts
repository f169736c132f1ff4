import { expect, test } from "vitest";
import { cart, orderId, tillTenant, type TillTenant } from "../../../../test/till.ts";
import { addressOf, clock } from "../../../../test/server.ts";
import type { Client } from "../../../../test/client.ts";

interface Said { id: string; body: string | null; can: string[]; isDeleted: boolean; answers: Said[]; mentions: { id: string; name: string }[]; author: { name: string } }

const say = (client: Client, memberId: string, body: string, more: object = {}) => client.post("/comments", { subjectKind: "member", subjectId: memberId, body, ...more });
const thread = async (client: Client, memberId: string): Promise<Said[]> => (await client.get(`/comments?subjectKind=member&subjectId=${memberId}`)).body.items;
const rename = (tenant: TillTenant, staffId: string, name: string) => tenant.inScope((scope) => scope.tx.rows("update org.staff set name = $3 where tenant_id = $1 and id = $2", [scope.tenantId, staffId, name]));
const bells = async (client: Client) => ((await client.get("/notifications?kind=mention")).body.items as { title: string; link: string; by: string }[]);
const guest = async (tenant: TillTenant, phone: string) => (await tenant.console.post("/members:quick-register", { phone, name: "陆雪琪", storeId: tenant.storeId })).body.id as string;

test("colleagues talk about a guest in a thread; whoever is answered or mentioned is told", async () => {
  const tenant = await tillTenant();
  const [manager, cashier] = [await tenant.as("store-manager"), await tenant.as("cashier")];
  const first = await say(manager, tenant.memberId, "对花生过敏，\n上菜前提醒厨房 🥜");
  expect(first).toMatchObject({ status: 201, body: { body: "对花生过敏，\n上菜前提醒厨房 🥜", can: ["change"], mentions: [] } });
  await say(cashier, tenant.memberId, "收到，@林掌柜 请看", { replyTo: first.body.id, mentions: [tenant.adminId, tenant.adminId] });
  await say(cashier, tenant.memberId, "另外一桌");
  const [latest, root] = await thread(tenant.console, tenant.memberId);
  expect(latest).toMatchObject({ body: "另外一桌", answers: [], can: ["remove"] });
  expect(root).toMatchObject({ id: first.body.id, answers: [{ body: "收到，@林掌柜 请看", mentions: [{ id: tenant.adminId, name: "林掌柜" }] }] });
  const link = `/members/${tenant.memberId}?tab=comments`;
  expect(await bells(tenant.console)).toMatchObject([{ title: "mention.member", link, by: "小周" }]);
  expect(await bells(manager)).toMatchObject([{ title: "answer.member", link }]);
  expect(await bells(cashier)).toEqual([]);
  expect((await say(cashier, tenant.memberId, "再答", { replyTo: root?.answers[0]?.id })).body.errors).toMatchObject([{ field: "replyTo", code: "unknown" }]);
  expect((await say(cashier, tenant.memberId, " \n ")).status).toBe(422);
  expect((await say(cashier, tenant.memberId, "长".repeat(2_001))).status).toBe(422);
  expect((await cashier.get(`/comments?subjectKind=table&subjectId=${tenant.memberId}`)).body.errors).toMatchObject([{ field: "subjectKind", code: "unknown" }]);
});

test("a name that was typed or pasted instead of picked is a mention too, the longest one, and of two colleagues of one name neither", async () => {
  const tenant = await tillTenant();
  const [writer, short, long, twin, other] = [await tenant.as("store-manager"), await tenant.as("cashier"), await tenant.as("cashier"), await tenant.as("cashier"), await tenant.as("cashier")];
  for (const [who, name] of [[short, "李雷"], [long, "李雷雷"], [twin, "韩梅"], [other, "韩梅"]] as const) await rename(tenant, who.staffId, name);
  const said = await say(writer, tenant.memberId, "@李雷雷请看，@韩梅 也看，邮件 a@b.cn，@不在的人");
  expect(said).toMatchObject({ status: 201, body: { mentions: [{ id: long.staffId, name: "李雷雷" }] } });
  expect([await bells(long), await bells(short), await bells(twin)].map((one) => one.length)).toEqual([1, 0, 0]);
  const changed = await writer.patch(`/comments/${said.body.id}`, { body: "@李雷雷 @李雷 @韩梅", mentions: [twin.staffId] });
  expect((changed.body.mentions as { id: string }[]).map((one) => one.id).toSorted()).toEqual([twin, long, short].map((one) => one.staffId).toSorted());
  expect([await bells(long), await bells(short), await bells(twin), await bells(other)].map((one) => one.length)).toEqual([1, 1, 1, 0]);
});

test("whoever may not see the guest sees nothing of the thread and cannot be mentioned in it", async () => {
  const tenant = await tillTenant();
  const other = await tenant.addStore();
  const [here, there] = [await tenant.as("store-manager"), await tenant.as("store-manager", other)];
  const memberId = await guest(tenant, "13912340001");
  await rename(tenant, there.staffId, "单雄信");
  expect(await say(here, memberId, "@单雄信 来看", { mentions: [there.staffId] })).toMatchObject({ status: 422, body: { names: ["单雄信"], errors: [{ field: "mentions.0", code: "no-access", message: "单雄信 may not see this" }] } });
  const { body } = await say(here, memberId, "老客人");
  expect(await thread(here, memberId)).toHaveLength(1);
  expect((await there.get(`/comments?subjectKind=member&subjectId=${memberId}`)).status).toBe(403);
  expect((await there.get(`/comments/${body.id}/versions`)).status).toBe(403);
  expect((await say(there, memberId, "我也来说")).status).toBe(403);
  const found = async (q: string) => ((await here.get(`/comment-colleagues?subjectKind=member&subjectId=${memberId}&q=${encodeURIComponent(q)}`)).body.items as { name: string }[]).map((one) => one.name);
  expect(await found("单")).toEqual([]);
  await rename(tenant, here.staffId, "单雄忠");
  expect(await found("单")).toEqual([]);
  await rename(tenant, (await tenant.as("cashier")).staffId, "单雄义");
  for (const q of ["单雄", "shanxiong", "sxy", "SXY"]) expect(await found(q), q).toEqual(["单雄义"]);
});

test("a phone that was typed in is masked for everybody, and shown against a reason to who may see it", async () => {
  const tenant = await tillTenant();
  const [cashier, service] = [await tenant.as("cashier"), await tenant.as("service")];
  const { body: said } = await say(cashier, tenant.memberId, "打 138 1234 5678 或 +86-13912345679，订单 123456789012345");
  expect(said).toMatchObject({ body: "打 138****5678 或 139****5679，订单 123456789012345", can: ["change"] });
  expect((await thread(service, tenant.memberId))[0]?.can).toEqual(["reveal"]);
  expect((await cashier.post(`/comments/${said.id}:reveal`, { reason: "回电" })).status).toBe(403);
  expect((await service.post(`/comments/${said.id}:reveal`, { reason: "回电" })).body.body).toContain("138 1234 5678");
  const [entry] = (await tenant.console.get("/audit-entries?action=comment.reveal")).body.items;
  expect(entry).toMatchObject({ reason: "回电", subject: { kind: "member", id: tenant.memberId } });
  await cashier.patch(`/comments/${said.id}`, { body: "改打 138****5678" });
  expect((await service.post(`/comments/${said.id}:reveal`, { reason: "回电" })).body.body).toBe("改打 138 1234 5678");
  expect(JSON.stringify(await tenant.inScope((scope) => scope.tx.rows("select c::text, v::text from platform.comment c join platform.comment_version v on v.tenant_id = $1 where c.tenant_id = $1", [scope.tenantId])))).not.toContain("1234");
});

test("one's own is changed and taken back within a day, and what it said is kept", async () => {
  const tenant = await tillTenant();
  const [writer, reader] = [await tenant.as("cashier"), await tenant.as("cashier")];
  const { body: said } = await say(writer, tenant.memberId, "生日是五月");
  expect((await reader.patch(`/comments/${said.id}`, { body: "不是我写的" })).status).toBe(403);
  expect((await writer.patch(`/comments/${said.id}`, { body: "生日是六月 @小周", mentions: [reader.staffId] })).body).toMatchObject({ body: "生日是六月 @小周", editedAt: expect.any(String) });
  await writer.patch(`/comments/${said.id}`, { body: "生日是六月，@小周", mentions: [reader.staffId] });
  expect(await bells(reader)).toHaveLength(1);
  const versions = async (client: Client) => (await client.get(`/comments/${said.id}/versions`)).body.items?.map((one: { body: string }) => one.body);
  expect(await versions(tenant.console)).toEqual(["生日是五月", "生日是六月 @小周", "生日是六月，@小周"]);
  expect((await reader.get(`/comments/${said.id}/versions`)).status).toBe(403);
  expect((await writer.delete(`/comments/${said.id}`)).body).toMatchObject({ body: null, isDeleted: true, can: [] });
  expect(await thread(reader, tenant.memberId)).toEqual([]);
  expect(await versions(writer)).toHaveLength(3);
  const { body: old } = await say(writer, tenant.memberId, "旧话");
  clock.advance(86_400_000 + 1_000);
  expect((await writer.patch(`/comments/${old.id}`, { body: "改口" })).body.code).toBe("platform/comment-closed");
});

test("opening a thread reads what rang for it, and nothing else", async () => {
  const tenant = await tillTenant();
  const [writer, reader] = [await tenant.as("cashier"), await tenant.as("cashier")];
  const elsewhere = await guest(tenant, "13912340009");
  for (const memberId of [tenant.memberId, elsewhere]) await say(writer, memberId, "@小周 看一下", { mentions: [reader.staffId] });
  expect((await reader.post("/comments:seen", { subjectKind: "member", subjectId: tenant.memberId })).status).toBe(204);
  expect((await reader.get("/notifications?kind=mention&unread=true")).body.items).toMatchObject([{ link: `/members/${elsewhere}?tab=comments` }]);
  expect((await reader.post("/comments:seen", { subjectKind: "member", subjectId: reader.staffId })).status).toBe(404);
});

test("whoever may removes a colleague's comment, however old, for a reason; its place says so, and what it said is for the audit only", async () => {
  const tenant = await tillTenant();
  const [writer, reader] = [await tenant.as("cashier"), await tenant.as("store-manager")];
  const { body: said } = await say(writer, tenant.memberId, "骂人的话");
  const { body: answer } = await say(reader, tenant.memberId, "别这样", { replyTo: said.id });
  clock.advance(3 * 86_400_000);
  expect((await reader.post(`/comments/${said.id}:remove`, { reason: "不文明" })).status).toBe(403);
  expect((await tenant.console.post(`/comments/${said.id}:remove`, {})).status).toBe(422);
  expect((await thread(tenant.console, tenant.memberId))[0]?.can).toEqual(["remove"]);
  expect((await tenant.console.post(`/comments/${said.id}:remove`, { reason: "不文明" })).body).toMatchObject({ body: null, isDeleted: true, removedBy: { name: "林掌柜" }, can: [] });
  expect((await tenant.console.post(`/comments/${answer.id}:remove`, { reason: "也删" })).status).toBe(200);
  expect(await thread(writer, tenant.memberId)).toMatchObject([{ id: said.id, body: null, removedBy: { name: "林掌柜" }, answers: [{ id: answer.id, body: null }] }]);
  expect((await tenant.console.post(`/comments/${said.id}:remove`, { reason: "再来" })).status).toBe(404);
  expect((await tenant.console.get("/audit-entries?action=comment.remove")).body.items).toMatchObject([{ reason: "也删" }, { reason: "不文明", subject: { kind: "member", id: tenant.memberId } }]);
  expect((await tenant.console.get(`/comments/${said.id}/versions`)).body.items).toMatchObject([{ body: "骂人的话" }]);
  expect((await reader.get(`/comments/${said.id}/versions`)).status).toBe(403);
});

test("an open thread hears at once of what is said, as far as its reader may see", async () => {
  const tenant = await tillTenant();
  const other = await tenant.addStore();
  const memberId = await guest(tenant, "13912340002");
  const stop = new AbortController();
  const listen = async (person: Client) => {
    const reader = (await fetch(`${await addressOf(tenant.server)}/api/console/live`, { headers: { ...person.headers }, signal: stop.signal })).body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    return async (sign: string) => {
      while (!text.includes(sign)) text += (await reader?.read())?.value ?? "";
      return text;
    };
  };
  const [here, there] = [await listen(tenant.console), await listen(await tenant.as("store-manager", other))];
  await Promise.all([here("ready"), there("ready")]);
  await say(tenant.console, memberId, "您好");
  expect(await here("event: comments")).toContain(`data: {"kind":"member","id":"${memberId}"}`);
  await say(tenant.console, tenant.memberId, "大家都看得到");
  await tenant.console.post("/members:quick-register", { phone: "13912340003", storeId: other }).then(({ body }) => say(tenant.console, body.id, "这家店的"));
  expect(await there("event: comments")).not.toContain(memberId);
  stop.abort();
});

test("orders and records are talked about too, each by its own permission", async () => {
  const tenant = await tillTenant();
  const order = orderId();
  await tenant.till.post(`/quotes/${order}:commit`, { ...cart(tenant), tenders: [{ kind: "cash" }] }, { key: order });
  await tenant.console.post("/objects", { key: "visit", name: "拜访" });
  const record = (await tenant.console.post("/objects/visit/records", { fields: { name: "首访" } })).body.id;
  const cashier = await tenant.as("cashier");
  expect((await cashier.post("/comments", { subjectKind: "order", subjectId: order, body: "少上一份毛肚", mentions: [tenant.adminId] })).status).toBe(201);
  expect((await cashier.post("/comments", { subjectKind: "record", subjectId: record, body: "看一眼" })).status).toBe(403);
  expect((await tenant.console.post("/comments", { subjectKind: "record", subjectId: record, body: "已约周五" })).status).toBe(201);
  expect((await tenant.console.get(`/comments?subjectKind=record&subjectId=${record}`)).body.items).toMatchObject([{ body: "已约周五" }]);
  expect(await bells(tenant.console)).toMatchObject([{ title: "mention.order", link: `/orders/${order}` }]);
  for (const [kind, id] of [["order", "no-such-order"], ["record", order], ["member", "x"]]) expect((await tenant.console.get(`/comments?subjectKind=${kind}&subjectId=${id}`)).status, kind).toBe(404);
  await tenant.console.delete(`/records/${record}`);
  expect(await tenant.inScope((scope) => scope.tx.rows("select subject_kind from platform.comment where tenant_id = $1", [scope.tenantId]))).toEqual([{ subject_kind: "order" }]);
});

test("a merge brings two threads together, and its undo parts them again", async () => {
  const tenant = await tillTenant();
  const [survivor, absorbed] = [await guest(tenant, "13912340004"), await guest(tenant, "13912340005")];
  await say(tenant.console, survivor, "留下的");
  const { body: moved } = await say(tenant.console, absorbed, "并入的");
  const merge = await tenant.console.post(`/members/${survivor}:merge`, { otherId: absorbed, reason: "同一人" }, { key: `merge-${survivor}` });
  expect(merge.status).toBeLessThan(300);
  await say(tenant.console, absorbed, "合并以后说的", { replyTo: moved.id });
  expect((await thread(tenant.console, absorbed)).map((one) => one.body)).toEqual(["并入的", "留下的"]);
  expect((await tenant.console.post(`/merges/${merge.body.id}:undo`, { reason: "弄错了" }, { key: `undo-${survivor}` })).status).toBeLessThan(300);
  expect((await thread(tenant.console, survivor)).map((one) => one.body)).toEqual(["留下的"]);
  expect(await thread(tenant.console, absorbed)).toMatchObject([{ body: "并入的", answers: [{ body: "合并以后说的" }] }]);
  expect(await tenant.inScope((scope) => scope.tx.rows("select count(*)::int as count from platform.comment where tenant_id = $1 and subject_id = $2", [scope.tenantId, absorbed]))).toEqual([{ count: 2 }]);
});

test("what was said about a guest who left, and about their orders and records, goes with them", async () => {
  const tenant = await tillTenant();
  const memberId = await guest(tenant, "13912340006");
  const order = orderId();
  await tenant.till.post(`/quotes/${order}:commit`, { ...cart(tenant, memberId), tenders: [{ kind: "cash" }] }, { key: order });
  const { body: said } = await say(tenant.console, memberId, "爱坐窗边");
  await tenant.console.patch(`/comments/${said.id}`, { body: "爱坐靠窗" });
  await tenant.console.post("/comments", { subjectKind: "order", subjectId: order, body: "陆小姐的单" });
  await say(tenant.console, tenant.memberId, "别人的");
  expect((await tenant.console.post(`/members/${memberId}/deletion`)).status).toBe(200);
  await tenant.inScope((scope) => scope.tx.rows("update customers.deletion set purge_at = asked_at where tenant_id = $1", [scope.tenantId]));
  await tenant.runSchedule("customers.start-purges");
  await tenant.drain();
  expect((await tenant.console.get(`/members/${memberId}/deletion`)).body.standing).toMatchObject({ state: "done", certificate: { statement: { removed: { platform: { comments: 1 } } } } });
  const left = (table: string) => tenant.inScope((scope) => scope.tx.rows(`select 1 from platform.${table} where tenant_id = $1`, [scope.tenantId]));
  expect([await left("comment"), await left("comment_version")].map((rows) => rows.length)).toEqual([1, 0]);
});
