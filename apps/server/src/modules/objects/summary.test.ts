import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Answer, Client } from "../../../test/client.ts";
import { visits, wrongFields } from "../../../test/objects.ts";
import { freshTenant } from "../../../test/tenant.ts";
import { cart, orderId, tillTenant } from "../../../test/till.ts";

const summaryOf = (desk: Client, key: string, query: { filter?: object[]; [other: string]: unknown }): Promise<Answer> =>
  desk.get(`/objects/${key}/summary?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, name === "filter" ? JSON.stringify(value) : String(value)])).toString()}`);
const counts = ({ status, body }: Answer): [string | null, number][] => {
  expect(status, JSON.stringify(body)).toBe(200);
  return body.groups.map((one: { key: string | null; count: number }) => [one.key, one.count]);
};

const FIELDS = [
  { key: "stage", kind: "choice", isFilterable: true, settings: { options: [{ key: "talk", name: "洽谈" }, { key: "asked", name: "询价" }, { key: "signed", name: "签约" }] } },
  { key: "city", kind: "text", isFilterable: true }, { key: "fee", kind: "money", isFilterable: true }, { key: "is_chain", kind: "boolean", isFilterable: true },
  { key: "on", kind: "date", isFilterable: true }, { key: "at", kind: "time", isFilterable: true }, { key: "before", kind: "reference", isFilterable: true, settings: { target: "visit" } },
  { key: "note", kind: "text" }, { key: "tel", kind: "phone", isFilterable: true },
];

test("records are counted by an own field, options in their order, with what a number comes to", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, FIELDS);
  const first = (await add({ stage: "signed", city: "上海", fee: 300, is_chain: true, on: "2026-10-31", at: "2026-10-31T15:59:59Z" })).body.id as string;
  await add({ stage: "talk", city: "上海", fee: 100, is_chain: false, on: "2026-11-01", at: "2026-10-31T16:00:00Z", before: first });
  await add({ stage: "talk", city: "成都", on: "2025-12-01", before: first });
  await add({ city: "上海", fee: 50 });
  const byStage = (await summaryOf(tenant.console, "visit", { by: "stage", measure: "fee" })).body;
  expect(byStage).toEqual({
    isCut: false, total: { count: 4, measured: 3, sum: 450, average: 150, least: 50, most: 300 },
    groups: [
      { key: "talk", title: null, count: 2, measured: 1, sum: 100, average: 100, least: 100, most: 100 }, { key: "signed", title: null, count: 1, measured: 1, sum: 300, average: 300, least: 300, most: 300 },
      { key: null, title: null, count: 1, measured: 1, sum: 50, average: 50, least: 50, most: 50 },
    ],
  });
  expect(counts(await summaryOf(tenant.console, "visit", { by: "city" }))).toEqual([["上海", 3], ["成都", 1]]);
  expect(counts(await summaryOf(tenant.console, "visit", { by: "city", filter: [{ field: "stage", op: "eq", value: "talk" }] }))).toEqual([["上海", 1], ["成都", 1]]);
  expect(counts(await summaryOf(tenant.console, "visit", { by: "is_chain" }))).toEqual([["false", 1], ["true", 1], [null, 2]]);
  expect(counts(await summaryOf(tenant.console, "visit", { by: "on" }))).toEqual([["2025-12", 1], ["2026-10", 1], ["2026-11", 1], [null, 1]]);
  expect(counts(await summaryOf(tenant.console, "visit", { by: "on", unit: "year" }))).toEqual([["2025", 1], ["2026", 2], [null, 1]]);
  // The tenant's calendar: the last second of October in Shanghai, and the first of November.
  expect(counts(await summaryOf(tenant.console, "visit", { by: "at", unit: "day" }))).toEqual([["2026-10-31", 1], ["2026-11-01", 1], [null, 2]]);
  expect((await summaryOf(tenant.console, "visit", { by: "before" })).body.groups).toMatchObject([{ key: first, title: "首访", count: 2 }, { key: null, title: null, count: 2 }]);
  expect((await summaryOf(tenant.console, "visit", { by: "city", measure: "fee", filter: [{ field: "city", op: "eq", value: "北京" }] })).body)
    .toEqual({ groups: [], isCut: false, total: { count: 0, measured: 0, sum: null, average: null, least: null, most: null } });
});

test("of several options a record counts in each, and once in what all come to", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, [
    { key: "wants", kind: "choices", isFilterable: true, settings: { options: ["wifi", "pos", "app"].map((key) => ({ key, name: key })) } }, { key: "fee", kind: "money", isFilterable: true },
    { key: "quiet", kind: "choices", settings: { options: [{ key: "a", name: "甲" }] } },
  ]);
  await add({ wants: ["wifi", "pos"], fee: 300 });
  await add({ wants: ["pos", "wifi"], fee: 100 });
  await add({ wants: ["pos"] });
  await add({ wants: [], fee: 40 });
  await add({ fee: 60 });
  const { body } = await summaryOf(tenant.console, "visit", { by: "wants", measure: "fee" });
  expect(body).toEqual({
    isCut: false, total: { count: 5, measured: 4, sum: 500, average: 125, least: 40, most: 300 },
    groups: [
      { key: "wifi", title: null, count: 2, measured: 2, sum: 400, average: 200, least: 100, most: 300 }, { key: "pos", title: null, count: 3, measured: 2, sum: 400, average: 200, least: 100, most: 300 },
      { key: null, title: null, count: 2, measured: 2, sum: 100, average: 50, least: 40, most: 60 },
    ],
  });
  expect(counts(await summaryOf(tenant.console, "visit", { by: "wants", filter: [{ field: "wants", op: "any", value: ["wifi"] }] }))).toEqual([["wifi", 2], ["pos", 2]]);
  expect(wrongFields(await summaryOf(tenant.console, "visit", { by: "quiet" }))).toEqual({ by: "not-filterable" });
});

test("of many values the fifty most frequent are told, of many days the latest, and that there are more", async () => {
  const tenant = await freshTenant();
  await visits(tenant, [{ key: "city", kind: "text", isFilterable: true }, { key: "on", kind: "date", isFilterable: true }]);
  const day = (at: number) => new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
  const records = Array.from({ length: 52 }, (_, at) => ({ fields: { name: "拜访", city: `城市${String(at).padStart(2, "0")}`, on: day(at) } }));
  expect((await tenant.console.post("/objects/visit/records:batch", { records: [...records, ...records.slice(51)] })).status).toBe(200);
  const { body } = await summaryOf(tenant.console, "visit", { by: "city" });
  expect([body.isCut, body.groups.length, body.groups[0], body.total.count]).toMatchObject([true, 50, { key: "城市51", count: 2 }, 53]);
  const days = (await summaryOf(tenant.console, "visit", { by: "on", unit: "day" })).body;
  expect([days.isCut, days.groups[0].key, days.groups.at(-1).key]).toEqual([true, day(2), day(51)]);
});

test("only what is filterable and adds up is counted, and what is hidden from a role is no field for it", async () => {
  const tenant = await freshTenant();
  await visits(tenant, FIELDS);
  const wrong = async (query: object, desk: Client = tenant.console) => {
    const answer = await summaryOf(desk, "visit", { ...query });
    return [answer.status, wrongFields(answer)];
  };
  expect(await wrong({ by: "nothing" })).toEqual([422, { by: "unknown-field" }]);
  expect(await wrong({ by: "note" })).toEqual([422, { by: "not-filterable" }]);
  expect(await wrong({ by: "tel" })).toEqual([422, { by: "operator" }]);
  expect(await wrong({ by: "city", measure: "stage" })).toEqual([422, { measure: "operator" }]);
  expect(await wrong({ by: "city", filter: [{ field: "city", op: "gte", value: "x" }] })).toEqual([422, { "filter.0.op": "operator" }]);
  expect((await summaryOf(tenant.console, "nothing", { by: "city" })).status).toBe(404);
  const manager = await tenant.as("store-manager");
  expect((await tenant.console.put(`/objects/visit/layouts/${tenant.roleIds["store-manager"]}`, { sections: [], readOnly: [], hidden: ["fee"] })).status).toBe(200);
  expect(await wrong({ by: "city", measure: "fee" }, manager)).toEqual([422, { measure: "unknown-field" }]);
});

test("members, products and orders are counted as far as their lists reach, each with its own permission", async () => {
  const tenant = await tillTenant();
  const other = await tenant.addStore();
  for (const noun of ["member", "product", "order"]) expect((await tenant.console.post(`/objects/${noun}/fields`, { key: "kind", kind: "text", name: "类别", isFilterable: true })).status).toBe(201);
  for (const [at, storeId] of [tenant.storeId, other].entries()) {
    const { id } = (await tenant.console.post("/members:quick-register", { phone: `1398765100${at}`, name: "王芳", storeId })).body;
    expect((await tenant.console.patch(`/members/${id}`, { custom: { kind: "常客" } })).status).toBe(200);
  }
  expect((await tenant.console.post("/products", { sku: "S1", name: "毛肚", unitPriceFen: 100, custom: { kind: "荤" } })).status).toBe(201);
  const id = orderId();
  await (await tenant.as("cashier")).post(`/quotes/${id}:commit`, { ...cart(tenant), tenders: [{ kind: "cash" }] }, { key: randomUUID() });
  expect((await tenant.console.patch(`/orders/${id}`, { custom: { kind: "堂食" } })).status).toBe(200);
  const filled = [{ field: "kind", op: "filled" }];
  const told = async (desk: Client, noun: string, more: object = {}) => counts(await summaryOf(desk, noun, { by: "kind", filter: filled, ...more }));
  expect([await told(tenant.console, "member"), await told(tenant.console, "product"), await told(tenant.console, "order")]).toEqual([[["常客", 2]], [["荤", 1]], [["堂食", 1]]]);
  expect([await told(tenant.console, "member", { storeId: other }), await told(tenant.console, "order", { storeId: other })]).toEqual([[["常客", 1]], []]);
  const total = async (noun: string, measure: string) => (await summaryOf(tenant.console, noun, { by: "kind", filter: filled, measure })).body.total;
  expect(await total("product", "unitPriceFen")).toMatchObject({ count: 1, measured: 1, sum: 100 });
  expect(await total("order", "netFen")).toMatchObject({ count: 1, measured: 1, sum: (await tenant.console.get(`/orders/${id}`)).body.netFen });
  // Who has never bought is counted, and comes to nothing.
  expect(await total("member", "netFen")).toMatchObject({ count: 2, measured: 0, sum: null });
  expect(wrongFields(await summaryOf(tenant.console, "product", { by: "kind", measure: "netFen" }))).toEqual({ measure: "unknown-field" });
  const manager = await tenant.as("store-manager");
  expect(await told(manager, "member")).toEqual([["常客", 1]]);
  const far = await tenant.as("store-manager", other);
  expect(await told(far, "order")).toEqual([]);
  // A right that comes from one store's role counts nothing of another's.
  expect((await tenant.console.patch(`/roles/${tenant.roleIds.auditor}`, { permissions: ["audit.read"] })).status).toBe(200);
  const auditor = await tenant.as("auditor", tenant.headquartersId);
  await tenant.inScope((scope) => scope.tx.db.insertInto("org.staff_role").values({ staff_id: auditor.staffId, role_id: tenant.roleIds["store-manager"], unit_id: other }).execute());
  expect(await told(auditor, "member")).toEqual([["常客", 1]]);
  const cashier = await tenant.as("cashier");
  expect((await summaryOf(cashier, "product", { by: "kind" })).status).toBe(403);
});

test("integrators are told the same, with the scope that the noun asks of a key", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, FIELDS);
  await add({ city: "上海", fee: 300 });
  expect((await tenant.console.post("/objects/member/fields", { key: "kind", kind: "text", name: "类别", isFilterable: true })).status).toBe(201);
  const query = { by: "city", measure: "fee" };
  const records = await tenant.open(["records:read"]);
  expect((await summaryOf(records, "visit", query)).body).toEqual((await summaryOf(tenant.console, "visit", query)).body);
  const ofMembers = async (scope: string) => (await summaryOf(await tenant.open([scope]), "member", { by: "kind", measure: "netFen" })).status;
  expect([await ofMembers("members:read"), await ofMembers("records:read")]).toEqual([200, 403]);
  expect((await summaryOf(await tenant.open(["members:read"]), "visit", query)).status).toBe(403);
});
