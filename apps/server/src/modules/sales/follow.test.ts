import { expect, test } from "vitest";
import { move, ok, ownership, said, sea, seaTenant, type SeaTenant } from "../../../test/seas.ts";
import type { Client } from "../../../test/client.ts";
import { checked, rowsOf, step, undone } from "../../../test/import.ts";
import { clock } from "../../../test/server.ts";
import { recycle } from "./recycle.ts";

const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(clock.now().getTime() + days * DAY_MS);
const recycleAt = (tenant: SeaTenant, now: Date): Promise<void> => tenant.inScope((scope) => recycle({ ...scope, now }));
const notices = async (who: Client): Promise<string[]> => ((await ok(who.get("/notifications"))).body.items as { title: string; params: { count: number } }[]).map((one) => `${one.title} ${one.params.count}`);

test("what a person makes by hand is theirs while there is room, what comes in numbers is for everybody", async () => {
  const tenant = await seaTenant({ capacity: 1 });
  const [me, auditor] = [await tenant.seller(), await tenant.as("marketer", tenant.headquartersId)];
  const make = async (who: Client): Promise<string> => (await ok(who.post("/objects/lead/records", { fields: { name: "一盏茶" } }))).body.id;
  const [mine, over, theirs] = [await make(me), await make(me), await make(auditor)];
  expect((await ownership(me, mine)).owner).toBeNull();
  await tenant.drain();
  expect((await ownership(me, mine))).toMatchObject({ owner: { id: me.staffId }, history: [{ kind: "assign" }, { kind: "join" }] });
  expect((await ownership(me, over)).owner).toBeNull();
  expect((await ownership(me, theirs)).owner).toBeNull();
  expect(await sea(me, tenant.poolId)).toHaveLength(2);
});

test("what its owner writes, or a visit that they make, touches a record; what others do does not", async () => {
  const tenant = await seaTenant({ idleDays: 10 });
  const [record = ""] = await tenant.leads(1);
  const [me, other] = [await tenant.seller(), await tenant.seller()];
  await move(me, tenant.poolId, [record], { kind: "claim" });
  const before = await ownership(me, record);
  const act = async (what: Promise<{ status: number; body: unknown }>) => {
    await ok(what);
    await tenant.drain();
    return ownership(me, record);
  };
  expect((await act(other.patch(`/records/${record}`, { fields: { name: "别人改的" } }))).dueAt).toBe(before.dueAt);
  expect((await act(other.post("/objects/visit/records", { fields: { name: "别人拜访", lead: record } }))).dueAt).toBe(before.dueAt);
  const touched = await act(me.patch(`/records/${record}`, { fields: { name: "自己改的" } }));
  expect(Date.parse(touched.dueAt)).toBeGreaterThan(Date.parse(before.dueAt));
  const visited = await act(me.post("/objects/visit/records", { fields: { name: "拜访", lead: record } }));
  expect(Date.parse(visited.dueAt)).toBeGreaterThan(Date.parse(touched.dueAt));
  expect(visited.since).toBe(before.since);
});

test("in a won stage a record is held for good, and falls back again when it leaves it", async () => {
  const tenant = await seaTenant({ winDays: 30, wonStages: ["signed"] });
  const [record = ""] = await tenant.leads(1);
  const [me, other] = [await tenant.seller(), await tenant.seller()];
  await move(me, tenant.poolId, [record], { kind: "claim" });
  const before = await ownership(me, record);
  expect(before).toMatchObject({ reasonDue: "win", isWon: false });
  await ok(other.patch(`/records/${record}`, { fields: { stage: "signed" } }));
  await tenant.drain();
  expect(await ownership(me, record)).toMatchObject({ dueAt: null, reasonDue: null, isWon: true });
  await recycleAt(tenant, inDays(400));
  expect((await ownership(me, record)).owner.id).toBe(me.staffId);
  await ok(other.patch(`/records/${record}`, { fields: { stage: "new" } }));
  await tenant.drain();
  expect((await ownership(me, record)).dueAt).toBe(before.dueAt);
});

test("what is due goes back by the given clock, its owner is told before and after, and may not claim it again at once", async () => {
  const tenant = await seaTenant({ idleDays: 15, coolDownDays: 7 });
  const records = await tenant.leads(3);
  const [me, other] = [await tenant.seller(), await tenant.seller()];
  await move(me, tenant.poolId, records, { kind: "claim" });
  await recycleAt(tenant, inDays(11));
  expect(await notices(me)).toEqual([]);
  await recycleAt(tenant, inDays(13));
  await recycleAt(tenant, inDays(14));
  expect(await notices(me)).toEqual(["seas.due-soon 3"]);
  expect(await sea(me, tenant.poolId, "&side=mine")).toHaveLength(3);
  await recycleAt(tenant, inDays(15.01));
  await recycleAt(tenant, inDays(16));
  expect(await notices(me)).toEqual(["seas.recycled 3", "seas.due-soon 3"]);
  expect(await sea(me, tenant.poolId, "&side=mine")).toEqual([]);
  expect((await sea(me, tenant.poolId)).every((one) => one.coolDownUntil !== null)).toBe(true);
  expect((await sea(other, tenant.poolId)).every((one) => one.coolDownUntil === null)).toBe(true);
  expect(said(await move(me, tenant.poolId, records, { kind: "claim" }))).toEqual(["cooling-down", "cooling-down", "cooling-down"]);
  expect(said(await move(other, tenant.poolId, records, { kind: "claim" }))).toEqual(["moved", "moved", "moved"]);
  expect((await ownership(me, records[0] ?? "")).history.map((one: { kind: string }) => one.kind)).toEqual(["claim", "recycle", "claim", "join"]);
});

test("other rules work out the dates of what is held anew, and can be tried before", async () => {
  const tenant = await seaTenant({ idleDays: 15, wonStages: ["signed"] });
  const records = await tenant.leads(3);
  const me = await tenant.seller();
  await move(me, tenant.poolId, records, { kind: "claim" });
  await ok(me.patch(`/records/${records[0]}`, { fields: { stage: "signed" } }));
  await tenant.drain();
  const tried = (rules: object) => ok(tenant.console.post(`/seas/${tenant.poolId}:simulate`, rules)).then((answer) => answer.body);
  expect(await tried({})).toEqual({ returned: { today: 0, in7Days: 0, in30Days: 2 }, overCapacity: [] });
  expect(await tried({ idleDays: 5, capacity: 2, wonStages: [] })).toEqual({ returned: { today: 0, in7Days: 3, in30Days: 3 }, overCapacity: [{ id: me.staffId, name: "小周", held: 3 }] });
  const dates = async () => (await sea(me, tenant.poolId, "&side=mine&sort=due")).map((one) => one.daysLeft);
  expect(await dates()).toEqual([15, 15, null]);
  await ok(tenant.console.patch(`/seas/${tenant.poolId}`, { idleDays: 5 }));
  expect(await dates()).toEqual([5, 5, null]);
  await ok(tenant.console.patch(`/seas/${tenant.poolId}`, { idleDays: null, wonStages: [] }));
  expect(await dates()).toEqual([null, null, null]);
});

test("a record that is deleted leaves its seat, and those of somebody who has left are for everybody", async () => {
  const tenant = await seaTenant({ capacity: 2 });
  const records = await tenant.leads(3);
  const [me, other] = [await tenant.seller(), await tenant.seller()];
  await move(me, tenant.poolId, records.slice(0, 2), { kind: "claim" });
  await ok(me.delete(`/records/${records[0]}`));
  await tenant.drain();
  expect(said(await move(me, tenant.poolId, records.slice(2), { kind: "claim" }))).toEqual(["moved"]);
  await ok(tenant.console.post(`/staff/${me.staffId}:deactivate`));
  await tenant.drain();
  expect((await sea(other, tenant.poolId)).map((one) => one.id).toSorted()).toEqual(records.slice(1).toSorted());
  expect(said(await move(other, tenant.poolId, records.slice(1), { kind: "claim" }))).toEqual(["moved", "moved"]);
});

test("imported records are for everybody, and go out of the sea with the import, unless somebody works on them", async () => {
  const tenant = await seaTenant({ capacity: 1 });
  const me = await tenant.seller();
  const run = await checked(tenant, { target: "lead", bytes: "名称\n一盏茶\n麦田烘焙\n" });
  await step(tenant, run.id, "apply");
  const [first, second] = await sea(me, tenant.poolId);
  expect(second).toBeDefined();
  expect(said(await move(me, tenant.poolId, [first?.id ?? "", second?.id ?? ""], { kind: "claim" }))).toEqual(["moved", "full"]);
  expect((await undone(tenant, run.id)).undos).toMatchObject({ removed: 1, kept: 1 });
  expect((await rowsOf(tenant, run.id, "&undo=kept"))[0].reasons).toMatchObject([{ code: "claimed", message: "Belongs to somebody by now" }]);
  expect((await ok(me.get("/seas"))).body.items[0].counts).toMatchObject({ public: 0, mine: 1 });
});

test("a pool that comes after its records takes them in, and an archived object's pool is out of sight", async () => {
  const tenant = await seaTenant();
  await ok(tenant.console.post("/objects", { key: "shop", name: "门店" }));
  await ok(tenant.console.post("/objects/shop/records:batch", { records: Array.from({ length: 5 }, (_, at) => ({ fields: { name: `店${at}` } })) }));
  const pool = (await ok(tenant.console.post("/seas", { object: "shop", name: "门店池" }))).body.id as string;
  const me = await tenant.seller();
  expect((await sea(me, pool, "&q=店3")).map((one) => one.title)).toEqual(["店3"]);
  expect((await ok(me.get("/seas"))).body.items.map((one: { counts: { public: number }; filling: null }) => [one.counts.public, one.filling])).toEqual([[0, null], [5, null]]);
  const [first] = await sea(me, pool);
  await ok(tenant.console.post("/objects/shop:archive", { reason: "不做了" }));
  expect((await ok(me.get("/seas"))).body.items).toHaveLength(1);
  expect((await me.post(`/seas/${pool}:move`, { recordIds: [first?.id], to: { kind: "claim" } })).body.code).toBe("sales/pool-archived");
  expect((await me.get(`/records/${first?.id}/ownership`)).status).toBe(404);
});

test("a sea is read page by page in every order, and each record stands in it once", async () => {
  const tenant = await seaTenant({ idleDays: 10 });
  const records = await tenant.leads(7);
  const lead = await tenant.lead();
  await move(lead, tenant.poolId, records.slice(0, 4), { kind: "claim" });
  await move(lead, tenant.poolId, records.slice(0, 1), { kind: "extend" });
  for (const sort of ["", "&sort=due", "&sort=since", "&sort=-since"]) {
    const seen: string[] = [];
    for (let cursor = ""; ;) {
      const { items, nextCursor } = (await ok(lead.get(`/seas/${tenant.poolId}/records?side=all&limit=2${sort}${cursor}`))).body as { items: { id: string }[]; nextCursor: string | null };
      seen.push(...items.map((one) => one.id));
      if (nextCursor === null) break;
      cursor = `&cursor=${nextCursor}`;
    }
    expect(seen.toSorted(), sort).toEqual(records.toSorted());
    if (sort === "&sort=due") expect(seen.slice(0, 4).toSorted()).toEqual(records.slice(0, 4).toSorted());
  }
  expect(await sea(lead, tenant.poolId, "&side=all&dueWithin=9")).toEqual([]);
  expect(await sea(lead, tenant.poolId, `&side=all&dueWithin=10&ownerId=${lead.staffId}`)).toHaveLength(4);
});
