import { beforeAll, describe, expect, test } from "vitest";
import { asOwner } from "../../../test/owner.ts";
import { freshTenant, type TestTenant } from "../../../test/tenant.ts";
import type { Actor } from "../../kernel/scope.ts";
import { upsertMembers } from "./batch.ts";
import { listMembers, type MemberQuery } from "./search.ts";

let tenant: TestTenant;
let otherStore: string;
const names = ["单雄信", "曾国藩", "仇英", "王小明", "王晓明", "欧阳修", "𠮷野家", "张😀三", "Anna Wang", "五王五", "王五"];

beforeAll(async () => {
  tenant = await freshTenant();
  otherStore = await tenant.addStore();
  await tenant.inScope((scope) => upsertMembers(scope, names.map((name, at) => ({
    externalId: `EXT-${at}`, name, phone: `1391234${String(1000 + at)}`, card: `CARD-${at}`, storeId: at % 2 ? otherStore : tenant.storeId,
    joinedAt: new Date(Date.UTC(2024, 0, 1 + at)).toISOString(), tags: at < 2 ? ["唐宋名人", "VIP 客户"] : [],
  })), "import"));
});

const search = (query: Partial<MemberQuery>, actor?: Actor) => tenant.server.installation.database.inScope(
  { tenantId: tenant.tenantId, actor: actor ?? { kind: "system", name: "test" } }, (scope) => listMembers(scope, { limit: 20, ...query }));
const found = async (q: string) => (await search({ q })).items.map((member) => member.name).toSorted();

describe("a search", () => {
  test.each([
    ["王", ["五王五", "王五", "王小明", "王晓明"]],
    ["王五", ["五王五", "王五"]],
    ["五王五", ["五王五"]],
    ["xiaoming", ["王小明", "王晓明"]],
    ["wxm", ["王小明", "王晓明"]],
    ["WXM", ["王小明", "王晓明"]],
    ["shanxiong", ["单雄信"]],
    ["zgf", ["曾国藩"]],
    ["qiuying", ["仇英"]],
    ["oyx", ["欧阳修"]],
    ["yangxiu", ["欧阳修"]],
    ["王 xiaoming", ["王小明", "王晓明"]],
    ["zengguofan", ["曾国藩"]],
    ["zengguofang", []],
    ["𠮷", ["𠮷野家"]],
    ["😀", ["张😀三"]],
    ["anna wang", ["Anna Wang"]],
    ["ＡＮＮＡ", ["Anna Wang"]],
    ["13912341003", ["王小明"]],
    ["+86 139-1234-1003", ["王小明"]],
    ["1003", ["王小明"]],
    ["CARD-5", ["欧阳修"]],
    ["ＣＡＲＤ－５", ["欧阳修"]],
    ["EXT-5", ["欧阳修"]],
    ["名人", ["单雄信", "曾国藩"]],
    ["vip客户", ["单雄信", "曾国藩"]],
    ["13912349999", []],
    ["13800138000", []],
    ["没有这个人", []],
    ["'; drop table customers.member; --", []],
    ["%", []],
    ["_", []],
    ["\\", []],
  ])("for %s finds %j", async (q, expected) => expect(await found(q)).toEqual(expected.toSorted()));

  test("by member number finds its member, in whole and by its beginning", async () => {
    const [member] = (await search({ q: "欧阳修" })).items;
    expect((await search({ q: member?.memberNo ?? "" })).items.map(({ name }) => name)).toEqual(["欧阳修"]);
    expect((await search({ q: member?.memberNo.slice(0, 7) ?? "" })).items.map(({ name }) => name)).toEqual(["欧阳修"]);
  });

  test("by tag is exact", async () => {
    expect((await search({ tag: "唐宋名人" })).items).toHaveLength(2);
    expect((await search({ tag: "名人" })).items).toHaveLength(0);
  });

  test("shows phones masked, and no more members than there are, newest first, page by page", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search({ limit: 3, cursor });
      expect(page.count).toEqual(cursor === undefined ? { value: names.length, capped: false } : undefined);
      for (const member of page.items) expect(member.phoneMasked).toMatch(/^139\*{4}\d{4}$/);
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(names.toReversed());
  });

  test("of a cashier shows the members of their store alone, by whatever they search", async () => {
    const cashier: Actor = { kind: "staff", staffId: tenant.adminId, name: "小周", permissions: new Set(["members.read"]), dataScope: { kind: "store", storeIds: [otherStore], roots: [] }, sessionId: "x" };
    const of = async (q: string) => (await search({ q }, cashier)).items.map(({ name }) => name);
    expect((await search({}, cashier)).items).toHaveLength(5);
    expect(await of("王")).toEqual(["五王五", "王小明"]);
    expect(await of("13912341004")).toEqual([]);
    expect(await of("1004")).toEqual([]);
    expect(await of("CARD-4")).toEqual([]);
    expect((await search({ storeId: tenant.storeId }, cashier)).items).toEqual([]);
  });

  test("of another brand finds nobody of this one", async () => {
    const other = await freshTenant();
    for (const q of ["王", "13912341003", "CARD-5", "1003"]) expect((await other.inScope((scope) => listMembers(scope, { q, limit: 20 }))).items).toEqual([]);
  });

  test("is limited further by those who know more", async () => {
    const [member] = (await search({ q: "王五" })).items;
    const within = await tenant.inScope((scope) => listMembers(scope, { limit: 20 }, (bind, memberId) => `${memberId} = any(${bind([member?.id])}::uuid[])`));
    expect(within.items.map(({ id }) => id)).toEqual([member?.id]);
  });
});

test("a text that very many match is found by walking, with the same answer", async () => {
  const many = await freshTenant();
  const lines = Array.from({ length: 2_600 }, (_, at) => ({ externalId: `${at}`, name: `李${at % 10}`, joinedAt: new Date(Date.UTC(2024, 0, 1, 0, 0, at)).toISOString() }));
  for (let from = 0; from < lines.length; from += 1_000) await many.inScope((scope) => upsertMembers(scope, lines.slice(from, from + 1_000), "import"));
  const page = await many.inScope((scope) => listMembers(scope, { q: "李", limit: 5 }));
  expect(page.count).toEqual({ value: 1_000, capped: true });
  expect(page.items.map(({ name }) => name)).toEqual(["李9", "李8", "李7", "李6", "李5"]);
  const next = await many.inScope((scope) => listMembers(scope, { q: "李", limit: 5, cursor: page.nextCursor ?? "" }));
  expect(next.items.map(({ name }) => name)).toEqual(["李4", "李3", "李2", "李1", "李0"]);
});

test("a rare text is found through the index over grams, behind the fence, in a few pages", async () => {
  const many = await freshTenant();
  const lines = Array.from({ length: 3_000 }, (_, at) => ({ externalId: `${at}`, name: at === 1_500 ? "慕容雪" : `赵${at}` }));
  for (let from = 0; from < lines.length; from += 1_000) await many.inScope((scope) => upsertMembers(scope, lines.slice(from, from + 1_000), "import"));
  await asOwner("vacuum analyze customers.member");
  const plan = await many.inScope(async (scope) => (await scope.tx.rows<{ "QUERY PLAN": string }>(
    "explain (analyze, buffers) select id from customers.member_gram where tenant_id = $1 and grams @> $2::text[] limit 2001", [scope.tenantId, ["慕容"]]))
    .map((row) => row["QUERY PLAN"]).join("\n"));
  expect(plan).toContain("Bitmap Index Scan on member_grams");
  const pages = [...plan.matchAll(/Buffers: shared hit=(\d+)/g)].map(([, hit]) => Number(hit));
  expect(Math.max(...pages)).toBeLessThan(200);
});
