import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Answer } from "../../../test/client.ts";
import { wrongFields } from "../../../test/objects.ts";
import { cart, orderId, tillTenant } from "../../../test/till.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";

type Noun = "member" | "product" | "order";
const PATHS: Readonly<Record<Noun, string>> = { member: "/members", product: "/products", order: "/orders" };

async function addFields(tenant: TestTenant, noun: string, ...fields: object[]): Promise<void> {
  for (const field of fields) {
    const added = await tenant.console.post(`/objects/${noun}/fields`, { name: "字段", ...field });
    expect(added.status, JSON.stringify(added.body)).toBe(201);
  }
}

/** A row of each noun, with its own fields; answers their ids, in the order given. */
const makers: Readonly<Record<Noun, (tenant: TestTenant, custom: object, at: number) => Promise<string>>> = {
  async member(tenant, custom, at) {
    const { id } = (await tenant.console.post("/members:quick-register", { phone: `1398765${1_000 + at}`, name: "王芳", storeId: tenant.storeId })).body;
    expect((await tenant.console.patch(`/members/${id}`, { custom })).status).toBe(200);
    return id as string;
  },
  async product(tenant, custom, at) {
    const made = await tenant.console.post("/products", { sku: `S${at}`, name: "毛肚", unitPriceFen: 100, custom });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    return made.body.id as string;
  },
  async order(tenant, custom) {
    const id = orderId();
    await (await tenant.as("cashier")).post(`/quotes/${id}:commit`, { ...cart(tenant as Awaited<ReturnType<typeof tillTenant>>), tenders: [{ kind: "cash" }] }, { key: randomUUID() });
    if (Object.keys(custom).length > 0) expect((await tenant.console.patch(`/orders/${id}`, { custom })).status).toBe(200);
    return id;
  },
};

const asked = (tenant: TestTenant, noun: Noun, query: { filter?: object[]; [other: string]: unknown }): Promise<Answer> =>
  tenant.console.get(`${PATHS[noun]}?${new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, name === "filter" ? JSON.stringify(value) : String(value)])).toString()}`);

async function allPages(tenant: TestTenant, noun: Noun, query: object, limit: number): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const answer: Answer = await asked(tenant, noun, { ...query, limit, ...(cursor ? { cursor } : {}) });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body.items.length, "no page is empty").toBeGreaterThan(0);
    ids.push(...answer.body.items.map((item: { id: string }) => item.id));
    cursor = answer.body.nextCursor;
  }
  return ids;
}

test.each(["member", "product", "order"] as const)("the list of a %s is sorted by own fields, page by page, those without a value last", async (noun) => {
  const tenant = noun === "order" ? await tillTenant() : await freshTenant();
  await addFields(tenant, noun, { key: "seats", kind: "number", isFilterable: true }, { key: "since", kind: "time", isFilterable: true });
  const given = [{ seats: 3.5, since: "2026-11-01T00:00:00.000001Z" }, { seats: 1, since: "2026-11-01T00:00:00.000002Z" }, { seats: 3.5, since: "2026-11-01T00:00:00.000003Z" }, { since: "2026-10-01T00:00:00Z" }, {}];
  const ids: string[] = [];
  for (const [at, custom] of given.entries()) ids.push(await makers[noun](tenant, custom, at));
  const letters = (found: readonly string[]) => found.map((id) => "abcde"[ids.indexOf(id)]).join("");
  // Members and orders come newest first by themselves, products by their SKU.
  const without = noun === "product" ? "de" : "ed";
  for (const limit of [1, 2, 3, 20]) {
    const rising = letters(await allPages(tenant, noun, { sort: "seats" }, limit));
    expect(["bac", "bca"].map((filled) => filled + without), `${limit} a page`).toContain(rising);
    const [first = "", ...rest] = rising.slice(0, 3);
    expect(letters(await allPages(tenant, noun, { sort: "-seats" }, limit)), `${limit} a page`).toBe([...rest.toReversed(), first].join("") + without);
    expect(letters(await allPages(tenant, noun, { sort: "since" }, limit))).toBe("dabce");
    expect(letters(await allPages(tenant, noun, { sort: "-since", filter: [{ field: "seats", op: "eq", value: 3.5 }] }, limit))).toBe("ca");
  }
});

test("what cannot be sorted by is refused and named: unknown, not filterable, sealed, of no order", async () => {
  const tenant = await freshTenant();
  for (const noun of ["member", "product", "order"] as const) {
    await addFields(tenant, noun, { key: "plain", kind: "text" }, { key: "line", kind: "phone", isFilterable: true }, { key: "about", kind: "long-text" });
    for (const [sort, code] of [["nothing", "unknown-field"], ["-plain", "not-filterable"], ["line", "not-sortable"], ["about", "not-sortable"]] as const) {
      const refused = await asked(tenant, noun, { sort });
      expect([refused.status, wrongFields(refused)], `${noun} ${sort}`).toEqual([422, { sort: code }]);
    }
  }
  const { fields } = (await tenant.console.get("/objects/member")).body as { fields: { key: string; isSortable: boolean }[] };
  expect(fields.filter((field) => field.isSortable)).toEqual([]);
});

test("members that are searched for are sorted too, with their number, whoever is at the store", async () => {
  const tenant = await freshTenant();
  await addFields(tenant, "member", { key: "seats", kind: "number", isFilterable: true });
  const [four, two] = [await makers.member(tenant, { seats: 4 }, 1), await makers.member(tenant, { seats: 2 }, 2)];
  const { id: other } = (await tenant.console.post("/members:quick-register", { phone: "13987650009", name: "李娜", storeId: tenant.storeId })).body;
  await tenant.console.patch(`/members/${other}`, { custom: { seats: 3 } });
  const { body } = await asked(tenant, "member", { q: "王芳", sort: "seats" });
  expect([body.items.map((item: { id: string }) => item.id), body.count]).toEqual([[two, four], { value: 2, capped: false }]);
});
