import { expect, test } from "vitest";
import { move, ok, ownership, said, sea, seaTenant } from "../../../test/seas.ts";
import { clock } from "../../../test/server.ts";

test("every refusal says why, and from when on where there is a date", async () => {
  const tenant = await seaTenant({ capacity: 2, claimsPerDay: 2, coolDownDays: 7 });
  const [a = "", b = "", c = "", d = ""] = await tenant.leads(4);
  const [me, other, lead] = [await tenant.seller(), await tenant.seller(), await tenant.lead()];
  const claim = { kind: "claim" };
  expect(said(await move(me, tenant.poolId, [a, a], claim))).toEqual(["moved"]);
  expect(said(await move(me, tenant.poolId, [a], claim))).toEqual(["unchanged"]);
  expect(await move(other, tenant.poolId, [a], claim)).toEqual([{ recordId: a, outcome: "refused", code: "taken", owner: { id: me.staffId, name: "小周" } }]);
  expect(said(await move(me, tenant.poolId, [b, c], claim))).toEqual(["moved", "full"]);
  expect(said(await move(other, tenant.poolId, [b], { kind: "return", reason: "不是我的" }))).toEqual(["not-yours"]);
  expect(said(await move(me, tenant.poolId, [b, c], { kind: "return", reason: "电话打不通" }))).toEqual(["moved", "unchanged"]);
  const [cooling] = await move(me, tenant.poolId, [b], claim);
  expect(cooling).toMatchObject({ code: "cooling-down" });
  const days = (Date.parse(cooling?.until ?? "") - clock.now().getTime()) / 86_400_000;
  expect(Math.round(days)).toBe(7);
  const [limited] = await move(me, tenant.poolId, [c], claim);
  expect(limited).toMatchObject({ code: "daily-limit" });
  expect(new Date(limited?.until ?? "").toISOString()).toMatch(/T16:00:00.000Z$/);
  expect(said(await move(me, tenant.poolId, [a], { kind: "extend" }))).toEqual(["unchanged"]);
  expect(said(await move(lead, tenant.poolId, [c, d, b], { kind: "assign", staffId: me.staffId }))).toEqual(["moved", "full", "full"]);
  expect(said(await move(me, tenant.poolId, [me.staffId], claim))).toEqual(["not-in-pool"]);
  await ok(tenant.console.post(`/staff/${other.staffId}:deactivate`));
  expect(said(await move(lead, tenant.poolId, [d], { kind: "assign", staffId: other.staffId }))).toEqual(["inactive-staff"]);
  expect((await lead.post(`/seas/${tenant.poolId}:move`, { recordIds: [d], to: { kind: "assign", staffId: d } })).body.errors).toMatchObject([{ field: "to.staffId", code: "unknown" }]);
});

test("a date is put off as often as the pool allows, and comes back whole with the next owner", async () => {
  const tenant = await seaTenant({ idleDays: 10, winDays: 30, extensions: 1, extensionDays: 5 });
  const [record = ""] = await tenant.leads(1);
  const [me, lead] = [await tenant.seller(), await tenant.lead()];
  await move(me, tenant.poolId, [record], { kind: "claim" });
  const first = await ownership(me, record);
  expect(first).toMatchObject({ owner: { id: me.staffId }, reasonDue: "idle", extensionsLeft: 1, isWon: false });
  expect(said(await move(me, tenant.poolId, [record], { kind: "extend" }))).toEqual(["moved"]);
  expect(said(await move(me, tenant.poolId, [record], { kind: "extend" }))).toEqual(["no-extension-left"]);
  expect(Date.parse((await ownership(me, record)).dueAt) - Date.parse(first.dueAt)).toBe(5 * 86_400_000);
  await move(lead, tenant.poolId, [record], { kind: "assign", staffId: lead.staffId, reason: "换人跟进" });
  const after = await ownership(me, record);
  expect(after).toMatchObject({ owner: { id: lead.staffId }, extensionsLeft: 1 });
  expect((after.history as { kind: string; reason: string | null; by: string | null }[]).map(({ kind, reason, by }) => [kind, reason, by])).toEqual([
    ["transfer", "换人跟进", "小周"], ["extend", null, "小周"], ["claim", null, "小周"], ["join", null, null]]);
});

test("whoever lost a record waits their days out, however many had it since; who took it up meanwhile is not kept from it", async () => {
  const tenant = await seaTenant({ coolDownDays: 7, idleDays: 15, extensions: 1, extensionDays: 5 });
  const [record = "", fresh = ""] = await tenant.leads(2);
  const [first, second, third, lead] = [await tenant.seller(), await tenant.seller(), await tenant.seller(), await tenant.lead()];
  const claim = async (who: typeof first) => said(await move(who, tenant.poolId, [record], { kind: "claim" }))[0];
  const giveBack = (who: typeof first) => move(who, tenant.poolId, [record], { kind: "return", reason: "没有进展" });
  const coolsIn = async (who: typeof first) => (await sea(who, tenant.poolId)).find((one) => one.id === record)?.coolDownUntil;
  expect(await claim(first)).toBe("moved");
  expect(said(await move(first, tenant.poolId, [record], { kind: "extend" }))).toEqual(["moved"]);
  await giveBack(first);
  const until = (await ownership(first, record)).coolDownUntil as string;
  expect(await claim(second)).toBe("moved");
  await move(lead, tenant.poolId, [record], { kind: "assign", staffId: lead.staffId });
  await giveBack(lead);
  expect([await claim(first), await claim(second), await claim(lead)]).toEqual(["cooling-down", "cooling-down", "cooling-down"]);
  expect([await coolsIn(first), (await ownership(first, record)).coolDownUntil]).toEqual([until, until]);
  expect(await coolsIn(third)).toBeNull();
  expect(said(await move(first, tenant.poolId, [fresh], { kind: "claim" }))).toEqual(["moved"]);
  expect(await claim(third)).toBe("moved");
  await ok(tenant.console.patch(`/seas/${tenant.poolId}`, { coolDownDays: 0 }));
  await giveBack(third);
  expect(await claim(first)).toBe("moved");
});

test("records move to another pool with their owner as long as there is room, and a pool is closed when another takes what is in it", async () => {
  const tenant = await seaTenant();
  const records = await tenant.leads(4);
  const [me, lead] = [await tenant.seller(), await tenant.lead()];
  const small = (await ok(tenant.console.post("/seas", { object: "lead", name: "大客户", capacity: 1, idleDays: 5 }))).body.id as string;
  await move(me, tenant.poolId, records.slice(0, 2), { kind: "claim" });
  expect(said(await move(lead, tenant.poolId, records.slice(0, 3), { kind: "move", poolId: small }))).toEqual(["moved", "full", "moved"]);
  expect(said(await move(lead, tenant.poolId, records.slice(0, 1), { kind: "move", poolId: small }))).toEqual(["not-in-pool"]);
  const mine = await sea(me, small, "&side=mine");
  expect(mine.map(({ id, daysLeft }) => [id, daysLeft])).toEqual([[records[0], 5]]);
  expect((await lead.post(`/seas/${small}:move`, { recordIds: records, to: { kind: "move", poolId: small } })).body.errors).toMatchObject([{ field: "to.poolId" }]);
  expect((await tenant.console.post(`/seas/${tenant.poolId}:archive`)).body.code).toBe("sales/default-pool");
  await ok(tenant.console.patch(`/seas/${small}`, { isDefault: true }));
  expect((await tenant.console.post(`/seas/${tenant.poolId}:archive`, {})).body.code).toBe("sales/pool-has-records");
  await ok(tenant.console.post(`/seas/${tenant.poolId}:archive`, { toPoolId: small }));
  expect((await ok(tenant.console.get("/seas"))).body.items).toMatchObject([{ id: small, isDefault: true }]);
  expect((await sea(me, small, "&side=mine")).map((one) => one.id).toSorted()).toEqual(records.slice(0, 2));
  expect((await me.post(`/seas/${tenant.poolId}:move`, { recordIds: records, to: { kind: "claim" } })).body.code).toBe("sales/pool-archived");
  expect((await tenant.console.patch(`/seas/${tenant.poolId}`, { name: "x" })).body.code).toBe("sales/pool-archived");
});

test("who may only look claims nothing, who may claim assigns nothing, and nobody reaches another tenant's", async () => {
  const [tenant, stranger] = [await seaTenant(), await seaTenant()];
  const [record = ""] = await tenant.leads(1);
  const [auditor, seller, cashier] = [await tenant.as("auditor", tenant.headquartersId), await tenant.seller(), await tenant.as("cashier")];
  const path = `/seas/${tenant.poolId}:move`;
  const ask = (who: typeof auditor, to: object) => who.post(path, { recordIds: [record], to }).then((answer) => answer.status);
  expect(await ask(auditor, { kind: "claim" })).toBe(403);
  expect(await ask(auditor, { kind: "return", reason: "x" })).toBe(403);
  expect(await ask(seller, { kind: "assign", staffId: seller.staffId })).toBe(403);
  expect(await ask(seller, { kind: "move", poolId: tenant.poolId })).toBe(403);
  expect(await ask(cashier, { kind: "claim" })).toBe(403);
  expect((await seller.get(`/seas/${tenant.poolId}/records?side=all`)).status).toBe(403);
  expect((await stranger.console.post(path, { recordIds: [record], to: { kind: "claim" } })).status).toBe(404);
  expect(said(await move(stranger.console, stranger.poolId, [record], { kind: "claim" }))).toEqual(["not-in-pool"]);
  expect((await stranger.console.post(`/seas/${stranger.poolId}:move`, { recordIds: [record], to: { kind: "assign", staffId: seller.staffId } })).body.errors).toMatchObject([{ field: "to.staffId", code: "unknown" }]);
  expect((await stranger.console.get(`/records/${record}/ownership`)).status).toBe(404);
  expect((await tenant.console.get(`/records/${record}/ownership`)).body.owner).toBeNull();
});

test("records of another store are not in reach of those who see one store only", async () => {
  const tenant = await seaTenant();
  const far = await tenant.addStore();
  const made = (storeId: string | null) => ({ fields: { name: "线索" }, storeId });
  const { body } = await ok(tenant.console.post("/objects/lead/records:batch", { records: [made(tenant.storeId), made(far), made(null)] }));
  await tenant.drain();
  const [near = "", away = "", free = ""] = (body.outcomes as { id: string }[]).map((one) => one.id);
  const me = await tenant.as("store-manager");
  expect((await sea(me, tenant.poolId)).map((one) => one.id).toSorted()).toEqual([near, free].toSorted());
  expect(said(await move(me, tenant.poolId, [near, away, free], { kind: "claim" }))).toEqual(["moved", "not-in-pool", "moved"]);
});

test("each move is in the audit log once, with the records", async () => {
  const tenant = await seaTenant();
  const records = await tenant.leads(3);
  await move(await tenant.seller(), tenant.poolId, records, { kind: "claim" });
  const { items } = (await ok(tenant.console.get("/audit-entries?action=sea.claim"))).body;
  expect(items).toMatchObject([{ after: { pool: "全国公海", records: 3, recordIds: expect.arrayContaining(records) } }]);
});
