import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import { upsertMembers } from "./batch.ts";
import { registerMember } from "./registration.ts";

interface Outcome {
  externalId: string;
  outcome: string;
  memberId?: string;
  errors?: { field: string; code: string }[];
}

async function batch(tenant: TestTenant, members: object[]): Promise<Outcome[]> {
  const { status, body } = await (await tenant.open(["members:write"])).post("/members:batch", { members });
  expect(status).toBe(200);
  return body.outcomes;
}

const outcomes = (list: Outcome[]) => list.map(({ outcome }) => outcome);

test("a thousand members are taken over, and a second time nothing changes", async () => {
  const tenant = await freshTenant();
  const members = Array.from({ length: 1_000 }, (_, at) => ({
    externalId: `cust-${at}`, name: `顾客${at}`, phone: `139${String(at).padStart(8, "0")}`, tags: at % 2 ? ["导入"] : [], joinedAt: "2020-01-02T03:04:05Z",
  }));
  const first = await batch(tenant, members);
  expect(new Set(outcomes(first))).toEqual(new Set(["created"]));
  expect(new Set(first.map(({ memberId }) => memberId)).size).toBe(1_000);
  expect(outcomes(await batch(tenant, members))).toEqual(Array(1_000).fill("unchanged"));
  const { body } = await tenant.console.post("/members:lookup", { externalId: "cust-7" });
  expect(body).toMatchObject({ name: "顾客7", phoneMasked: "139****0007", joinedVia: "import", tags: ["导入"], joinedAt: "2020-01-02T03:04:05.000Z" });
  await tenant.drain();
  expect((await tenant.console.get(`/members/${body.id}/timeline`)).body.items).toMatchObject([{ kind: "customers.member-registered", at: "2020-01-02T03:04:05.000Z" }]);
});

test("what changed is updated, what is left out stays", async () => {
  const tenant = await freshTenant();
  await batch(tenant, [{ externalId: "a", name: "安娜", phone: "13912340001", birthday: { calendar: "solar", month: 5, day: 1 } }, { externalId: "b", name: "波" }]);
  const again = await batch(tenant, [{ externalId: "a", phone: "13912340002", storeCode: tenant.storeCode, tags: ["新"] }, { externalId: "b", name: "波" }]);
  expect(outcomes(again)).toEqual(["updated", "unchanged"]);
  const { body } = await tenant.console.post("/members:lookup", { phone: "13912340002" });
  expect(body).toMatchObject({ name: "安娜", homeStoreId: tenant.storeId, tags: ["新"], birthday: { calendar: "solar", month: 5, day: 1 } });
  expect((await tenant.console.post("/members:lookup", { phone: "13912340001" })).status).toBe(404);
});

test("a guest who is a member by phone is linked, not doubled", async () => {
  const tenant = await freshTenant();
  const { body: known } = await tenant.console.post("/members:quick-register", { phone: "13912340001", name: "王小明" });
  expect(await batch(tenant, [{ externalId: "a", phone: "139 1234 0001" }])).toEqual([{ externalId: "a", outcome: "updated", memberId: known.id }]);
  expect((await tenant.console.post("/members:lookup", { externalId: "a" })).body.id).toBe(known.id);
});

test("lines that cannot be taken are refused with their reasons, the others are taken", async () => {
  const tenant = await freshTenant();
  await batch(tenant, [{ externalId: "x", phone: "13912340009" }, { externalId: "y", card: "CARD1" }]);
  const list = await batch(tenant, [
    { externalId: "a", phone: "123" }, { externalId: "b", phone: "13800138000" }, { externalId: "c", birthday: { calendar: "solar", month: 2, day: 31 } },
    { externalId: "d", phone: "13912340001" }, { externalId: "e", phone: "+8613912340001" }, { externalId: "d" },
    { externalId: "y", phone: "13912340009" }, { externalId: "ok", name: "'; drop table customers.member;--" },
  ]);
  expect(outcomes(list)).toEqual(["refused", "refused", "refused", "created", "refused", "refused", "refused", "created"]);
  expect(list.flatMap(({ errors }) => errors ?? []).map(({ field, code }) => `${field} ${code}`)).toEqual([
    "members.0.phone invalid", "members.1.phone placeholder", "members.2.birthday.day no-such-day", "members.4.phone repeated", "members.5.externalId repeated",
    "members.6.phone taken",
  ]);
});

test("wrong shapes and unknown stores refuse the batch as a whole, naming every line", async () => {
  const tenant = await freshTenant();
  const api = await tenant.open(["members:write"]);
  const wrong = await api.post("/members:batch", { members: [{ name: "no id" }, { externalId: "a", name: 7 }] });
  expect([wrong.status, wrong.body.errors.map((error: { field: string }) => error.field)]).toEqual([422, ["members.0.externalId", "members.1.name"]]);
  const stores = await api.post("/members:batch", { members: [{ externalId: "a", storeCode: "NOPE" }, { externalId: "b" }, { externalId: "c", storeId: tenant.regionId }] });
  expect([stores.status, stores.body.errors.map((error: { field: string }) => error.field)]).toEqual([422, ["members.0.storeCode", "members.2.storeId"]]);
  for (const members of [[], Array.from({ length: 1_001 }, (_, at) => ({ externalId: `${at}` }))]) expect((await api.post("/members:batch", { members })).status).toBe(422);
  expect((await tenant.console.post("/members:lookup", { externalId: "b" })).status).toBe(404);
});

test("two batches of the same guests at once make each guest once", async () => {
  const tenant = await freshTenant();
  const members = Array.from({ length: 200 }, (_, at) => ({ externalId: `cust-${at}`, phone: `139${String(at).padStart(8, "0")}` }));
  const runs = await Promise.all([batch(tenant, members), batch(tenant, members.toReversed()), batch(tenant, members)]);
  const byId = new Map(runs[0]?.map(({ externalId, memberId }) => [externalId, memberId]));
  for (const run of runs) for (const { externalId, memberId } of run) expect(memberId).toBe(byId.get(externalId));
  const rows = await tenant.inScope((scope) => scope.tx.db.selectFrom("customers.member").select("id").execute());
  expect(rows).toHaveLength(200);
});

/** What a member number is drawn from is asked for in sixes; the first of these is the same for everybody. */
function sameFirstDraw(onDraw: () => void) {
  let draws = 0;
  return (size: number) => {
    if (size !== 6) return randomBytes(size);
    onDraw();
    return draws++ === 0 ? new Uint8Array([1, 2, 3, 4, 5, 6]) : randomBytes(size);
  };
}

test("requests that draw the same member number at once both come through, each with a number of its own", async () => {
  const tenant = await freshTenant();
  const { database } = tenant.server.installation;
  const entry = (onDraw: () => void) => ({ tenantId: tenant.tenantId, actor: { kind: "system", name: "test" } as const, random: sameFirstDraw(onDraw) });
  const drawn = Promise.withResolvers<void>();
  const others: Promise<unknown>[] = [];
  await database.inScope(entry(() => {}), async (scope) => {
    await upsertMembers(scope, [{ externalId: "first" }], "import");
    // The first is not committed: the others do not see its number, insert the same, and wait for it.
    others.push(
      database.inScope(entry(drawn.resolve), (other) => upsertMembers(other, [{ externalId: "second" }], "import")),
      database.inScope(entry(() => {}), (other) => registerMember(other, { phone: "13912340077", via: "till" })));
    await drawn.promise;
    await new Promise((resolve) => setTimeout(resolve, 150));
  });
  await Promise.all(others);
  const rows = await tenant.inScope((scope) => scope.tx.db.selectFrom("customers.member").select("member_no").execute());
  expect(new Set(rows.map((row) => row.member_no)).size).toBe(3);
});
