import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Answer, Client } from "../../../test/client.ts";
import { names, visits, wrongFields } from "../../../test/objects.ts";
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

test.each(["member", "product", "order"] as const)("the list of a %s is sorted by a choice as its options are ordered, retired ones among them, page by page", async (noun) => {
  const tenant = noun === "order" ? await tillTenant() : await freshTenant();
  const option = (key: string) => ({ key, name: key });
  const unused = (count: number) => Array.from({ length: count }, (_, n) => `unused_${n}`);
  await addFields(tenant, noun, { key: "grade", kind: "choice", isFilterable: true, settings: { options: ["low", "high", ...unused(9), "mid", "none"].map(option) } });
  const ids: string[] = [];
  for (const [at, grade] of ["mid", undefined, "low", "high", "low", "mid"].entries()) ids.push(await makers[noun](tenant, grade ? { grade } : {}, at));
  const pages = async (limit: number, sort: string) => (await allPages(tenant, noun, { sort }, limit)).map((id) => "mxlhLM"[ids.indexOf(id)]).join("");
  const rows = await pages(20, "grade");
  expect(rows).toMatch(/^(lL|Ll)h(mM|Mm)x$/);
  for (const limit of [1, 2, 3]) expect(await pages(limit, "grade"), `${limit} a page`).toBe(rows);
  expect(await pages(2, "-grade")).toBe(`${[...rows].slice(0, -1).toReversed().join("")}x`);
  const [field] = (await tenant.console.get(`/objects/${noun}`)).body.fields;
  const options = [option("mid"), option("none"), ...unused(9).map(option), { ...option("low"), isRetired: true }, option("high")];
  expect((await tenant.console.patch(`/fields/${field.id}`, { settings: { options } })).status).toBe(200);
  expect(await pages(2, "grade")).toBe(`${rows.slice(3, 5)}${rows.slice(0, 3)}x`);
  const stranger = Buffer.from(JSON.stringify(["value", "nothing", ids[0]])).toString("base64url");
  expect(wrongFields(await asked(tenant, noun, { sort: "grade", cursor: stranger }))).toEqual({ cursor: "invalid" });
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

test.each(["member", "product", "order"] as const)("the list of a %s asks what a text contains and which of several options are chosen", async (noun) => {
  const tenant = noun === "order" ? await tillTenant() : await freshTenant();
  await addFields(tenant, noun, { key: "plate", kind: "text", isSearchable: true }, { key: "likes", kind: "choices", isFilterable: true, settings: { options: ["tea", "spice", "fish"].map((key) => ({ key, name: key })) } });
  const given = [{ plate: "粤B·ＸＹ345", likes: ["tea", "spice"] }, { plate: "沪A 1234", likes: ["tea"] }, { plate: "沪A 2134", likes: ["fish"] }, { plate: "A 12 23" }, {}];
  const ids: string[] = [];
  for (const [at, custom] of given.entries()) ids.push(await makers[noun](tenant, custom, at));
  const found = async (...filter: object[]) => {
    const { status, body } = await asked(tenant, noun, { filter });
    expect(status, JSON.stringify(body)).toBe(200);
    return body.items.map((item: { id: string }) => "abcde"[ids.indexOf(item.id)]).toSorted().join("");
  };
  const plate = (value: string) => found({ field: "plate", op: "contains", value });
  expect([await plate("xy34"), await plate("b·x"), await plate("沪"), await plate("a"), await plate("1234"), await plate("4321"), await plate("123")]).toEqual(["a", "a", "bc", "bcd", "b", "", "b"]);
  const likes = (op: string, ...value: string[]) => found({ field: "likes", op, value });
  expect([await likes("any", "tea"), await likes("any", "fish", "spice"), await likes("all", "tea", "spice"), await likes("all", "tea", "fish")]).toEqual(["ab", "ac", "a", ""]);
  expect([await found({ field: "likes", op: "filled" }), await found({ field: "likes", op: "filled", value: false }), await found({ field: "plate", op: "contains", value: "a" }, { field: "likes", op: "any", value: ["tea"] })]).toEqual(["abc", "de", "b"]);
  expect(wrongFields(await asked(tenant, noun, { filter: [{ field: "likes", op: "eq", value: "tea" }] }))).toEqual({ "filter.0.op": "operator" });
  expect(wrongFields(await asked(tenant, noun, { filter: [{ field: "plate", op: "contains" }, { field: "likes", op: "all" }] }))).toEqual({ "filter.0.value": "invalid", "filter.1.value": "invalid" });
});

test("records are found by what a text contains, also by those made searchable later and after every change; many are walked through instead", async () => {
  const tenant = await freshTenant();
  const { add, list, field } = await visits(tenant, [{ key: "note", kind: "text" }, { key: "likes", kind: "choices", settings: { options: [{ key: "tea", name: "茶" }, { key: "fish", name: "鱼" }] } }]);
  const { id } = (await add({ name: "一", note: "靠窗的桌子", likes: ["tea"] })).body;
  await add({ name: "二", note: "包间" });
  const contains = async (value: string) => names(await list({ filter: [{ field: "note", op: "contains", value }] }));
  expect(wrongFields(await list({ filter: [{ field: "note", op: "contains", value: "窗" }] }))).toEqual({ "filter.0.field": "not-filterable" });
  expect(wrongFields(await list({ filter: [{ field: "likes", op: "any", value: ["tea"] }] }))).toEqual({ "filter.0.field": "not-filterable" });
  const [note, likes] = [(await field("note")).id, (await field("likes")).id];
  expect((await tenant.console.patch(`/fields/${note}`, { isSearchable: true })).status).toBe(200);
  expect((await tenant.console.post(`/fields/${likes}:promote`)).body.fields).toMatchObject([{}, { isSearchable: true, operators: ["contains"] }, { filterable: "yes", operators: ["any", "all", "filled"], isSortable: false }]);
  expect([await contains("窗的"), await contains("包"), names(await list({ filter: [{ field: "likes", op: "any", value: "tea" }] }))]).toEqual([["一"], ["二"], ["一"]]);
  await tenant.console.patch(`/records/${id}`, { fields: { note: "大厅", likes: ["fish"] } });
  expect([await contains("窗的"), await contains("大厅"), names(await list({ filter: [{ field: "likes", op: "filled", value: false }] }))]).toEqual([[], ["一"], ["二"]]);
  await tenant.inScope((scope) => scope.tx.rows(
    `insert into objects.record (tenant_id, object_id, id, ext, terms, created_at, created_by, updated_at)
     select $1, r.object_id, gen_random_uuid(), r.ext, r.terms, r.created_at, r.created_by, r.updated_at from objects.record r, generate_series(1, 10001) where r.tenant_id = $1 and r.id = $2`, [scope.tenantId, id]));
  expect(await list({ filter: [{ field: "note", op: "contains", value: "大厅" }], limit: 2 })).toMatchObject({ body: { items: [{ title: "一" }, { title: "一" }], count: { capped: true } } });
  expect((await tenant.console.post(`/fields/${likes}:demote`)).status).toBe(200);
  expect((await list({ filter: [{ field: "likes", op: "any", value: ["tea"] }] })).status).toBe(422);
  expect(wrongFields(await tenant.console.post("/objects/visit/fields", { key: "about", kind: "long-text", name: "介绍", isSearchable: true }))).toEqual({ isSearchable: "not-here" });
});

test("the search box finds members, orders and products by what their searchable and unique texts hold, for those who may see them and the field", async () => {
  const tenant = await tillTenant();
  for (const noun of ["member", "product", "order"] as const) {
    await addFields(tenant, noun, { key: "plate", kind: "text", isSearchable: true }, { key: "card", kind: "text", isFilterable: true, isUnique: true }, { key: "plain", kind: "text", isFilterable: true });
    await makers[noun](tenant, { plate: "沪A·88321", card: "VIP-7", plain: "平常" }, 1);
  }
  const found = async (who: Client, q: string) => ((await who.get(`/search?q=${encodeURIComponent(q)}`)).body.groups as { kind: string; isGuess: boolean; hits: unknown[] }[])
    .map((group) => `${group.kind} ${group.hits.length}${group.isGuess ? "?" : ""}`);
  const all = ["member 1", "order 1", "product 1"];
  expect([await found(tenant.console, "a·883"), await found(tenant.console, "VIP-"), await found(tenant.console, "平常"), await found(tenant.console, "883 ")]).toEqual([all, all, [], all]);
  const elsewhere = await tenant.as("store-manager", await tenant.addStore());
  expect(await found(elsewhere, "a·883")).toEqual([]);
  const manager = await tenant.as("store-manager");
  expect(await found(manager, "a·883")).toEqual(["member 1", "order 1"]);
  for (const noun of ["member", "order"]) {
    expect((await tenant.console.put(`/objects/${noun}/layouts/${tenant.roleIds["store-manager"]}`, { sections: [], readOnly: [], hidden: ["plate"] })).status).toBe(200);
  }
  expect([await found(manager, "a·883"), await found(manager, "VIP-7")]).toEqual([[], ["member 1", "order 1"]]);
});

test("the search box finds by a whole phone or e-mail of own fields, however it is typed, those who may see the row and the field, and nothing by a part of one", async () => {
  const tenant = await tillTenant();
  expect((await tenant.console.post("/objects", { key: "lead", name: "线索" })).status).toBe(201);
  const nouns = ["member", "product", "order"] as const;
  for (const noun of [...nouns, "lead"]) {
    await addFields(tenant, noun, { key: "line", kind: "phone", isUnique: true }, { key: "mail", kind: "email", isFilterable: true }, { key: "other", kind: "phone" });
  }
  const values = { line: "13711112222", mail: "chef@example.com", other: "13733334444" };
  for (const noun of nouns) await makers[noun](tenant, values, 1);
  expect((await tenant.console.post("/objects/lead/records", { fields: { name: "老灶", ...values }, storeId: tenant.storeId })).status).toBe(201);
  const found = async (who: Client, q: string) => ((await who.get(`/search?q=${encodeURIComponent(q)}`)).body.groups as { kind: string; isGuess: boolean; hits: unknown[] }[])
    .filter((group) => !group.isGuess).map((group) => `${group.kind} ${group.hits.length}`);
  const all = ["member 1", "order 1", "product 1", "record 1"];
  for (const whole of ["13711112222", "+86 137-1111-2222", " Chef@Example.com"]) expect(await found(tenant.console, whole), whole).toEqual(all);
  for (const none of ["1371111222", "137****2222", "example.com", "13733334444"]) expect(await found(tenant.console, none), none).toEqual([]);
  const manager = await tenant.as("store-manager");
  expect(await found(manager, "13711112222")).toEqual(["member 1", "order 1", "record 1"]);
  expect(await found(await tenant.as("store-manager", await tenant.addStore()), "13711112222")).toEqual([]);
  for (const noun of ["member", "lead"]) expect((await tenant.console.put(`/objects/${noun}/layouts/${tenant.roleIds["store-manager"]}`, { sections: [], readOnly: [], hidden: ["line"] })).status).toBe(200);
  expect([await found(manager, "13711112222"), await found(manager, "chef@example.com")]).toEqual([["order 1"], ["member 1", "order 1", "record 1"]]);
});

test.each(["member", "product", "order"] as const)("an own phone of a %s is shown in full against a reason that is kept, to those who may and see the row", async (noun) => {
  const tenant = await tillTenant();
  await addFields(tenant, noun, { key: "line", kind: "phone" }, { key: "plain", kind: "text" });
  const [id, empty] = [await makers[noun](tenant, { line: "13711112222", plain: "x" }, 1), await makers[noun](tenant, {}, 2)];
  const path = `${PATHS[noun]}/${id}/custom:reveal`;
  expect((await asked(tenant, noun, {})).body.items.find((one: { id: string }) => one.id === id).custom.line).toBe("137****2222");
  expect(await tenant.console.post(path, { field: "line", reason: "回访" })).toMatchObject({ status: 200, body: { value: "13711112222" } });
  expect((await tenant.console.get(`/audit-entries?action=${noun}.reveal&subject=${id}`)).body.items).toMatchObject([{ after: { field: "line" }, reason: "回访" }]);
  expect(wrongFields(await tenant.console.post(path, { field: "line" }))).toHaveProperty("reason");
  expect(wrongFields(await tenant.console.post(path, { field: "plain", reason: "回访" }))).toEqual({ field: "unknown-field" });
  expect((await tenant.console.post(`${PATHS[noun]}/${empty}/custom:reveal`, { field: "line", reason: "回访" })).status).toBe(404);
  expect((await (await tenant.as("cashier")).post(path, { field: "line", reason: "回访" })).status).toBe(403);
  const elsewhere = await tenant.as("store-manager", await tenant.addStore());
  if (noun !== "product") expect([403, 404]).toContain((await elsewhere.post(path, { field: "line", reason: "回访" })).status);
});
