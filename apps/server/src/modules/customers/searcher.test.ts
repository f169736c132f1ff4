import { beforeAll, expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { cart, tillTenant, type TillTenant } from "../../../test/till.ts";
import { upsertMembers } from "./batch.ts";

let tenant: TillTenant;
let otherStore: string;

beforeAll(async () => {
  tenant = await tillTenant();
  otherStore = await tenant.addStore();
  await tenant.inScope((scope) => upsertMembers(scope, [
    { externalId: "1", name: "欧阳晓明", phone: "13912345001", card: "VIP-0007", storeId: tenant.storeId },
    { externalId: "2", name: "诸葛亮", phone: "13912345002", storeId: otherStore },
    { externalId: "3", name: "李娜", phone: "13912345003", storeId: tenant.storeId },
  ], "import"));
  await tenant.till.post("/quotes/SH-2026-0042:commit", { ...cart(tenant, tenant.memberId), tenders: [{ kind: "cash", amountFen: 10_000 }] }, { key: "searched-order" });
});

interface Group { kind: string; isGuess: boolean; hasMore: boolean; hits: { title: string; subtitle: string }[] }
const box = async (q: string, staff = tenant.console): Promise<Group[]> => {
  const { status, body } = await staff.get(`/search?q=${encodeURIComponent(q)}`);
  expect(status).toBe(200);
  return (body as { groups: Group[] }).groups;
};
const titles = async (q: string, kind = "member") => (await box(q)).find((group) => group.kind === kind)?.hits.map((hit) => hit.title) ?? [];

test.each([
  ["欧阳晓明"], ["ouyang"], ["OUYANG XIAO"], ["oyxm"], ["yangxiaoming"], ["139 1234 5001"], ["5001"], ["vip-0007"], ["ＯＹＸＭ"],
])("one box finds a member by %s", async (q) => expect(await titles(q)).toEqual(["欧阳晓明"]));

test.each([["SH-2026-0042"], ["sh-2026"], [" sh-2026-00 "]])("and an order by %s", async (q) => {
  expect(await box(q)).toMatchObject([{ kind: "order", hits: [{ title: "SH-2026-0042", subtitle: "王小明", amountFen: 10_000 }] }]);
});

test.each([["欧阳小鸣", "other characters of the same sound"], ["ouyangxaoming", "a letter left out"], ["uoyangxiaoming", "two letters in the wrong order"], ["ouyabg", "a wrong letter"], ["ouyyang", "a letter twice"]])(
  "what is written slightly wrong, %s (%s), finds what is near, and says so", async (q) => {
    expect(await box(q)).toMatchObject([{ kind: "member", isGuess: true, hits: [{ title: "欧阳晓明" }] }]);
  });

test("what is nobody's and near nobody's is not found; digits are never guessed at", async () => {
  for (const q of ["诸葛孔明先生", "qqqqqq", "13912345009", "%%%%", "'; --"]) expect(await box(q), q).toEqual([]);
  expect((await tenant.console.get("/search?q=")).status).toBe(422);
});

test("phones are masked in what is found", async () => {
  expect((await box("诸葛亮"))[0]?.hits[0]?.subtitle).toMatch(/^139\*{4}5002 · \d{10}$/);
});

test("a cashier finds the members and orders of the own store, and of a kind only with its permission", async () => {
  const [here, there] = [await tenant.as("cashier"), await tenant.as("cashier", otherStore)];
  for (const q of ["诸葛亮", "zhugeliang", "zhugelinag", "诸葛两", "13912345002"]) expect(await box(q, here), q).toEqual([]);
  expect(await box("诸葛亮", there)).toHaveLength(1);
  expect(await box("SH-2026", there)).toEqual([]);
  await tenant.inScope((scope) => scope.tx.rows(
    "update org.role set permissions = array_remove(permissions, 'members.read') where tenant_id = $1 and id = $2", [scope.tenantId, tenant.roleIds.cashier]));
  const narrower = await tenant.as("cashier");
  expect(await box("欧阳", narrower)).toEqual([]);
});

test("another brand finds none of it, and a member has no such door", async () => {
  const other = await tillTenant();
  expect(await box("欧阳晓明", other.console)).toEqual([]);
  expect(await box("SH-2026-0042", other.console)).toEqual([]);
  const member = await joinMember(tenant);
  expect((await member.get("/search?q=a")).status).toBe(404);
});

test("members without search text are spelled by the clock", async () => {
  await tenant.inScope((scope) => scope.tx.rows("update customers.member set grams = null, name_pinyin = '' where tenant_id = $1", [scope.tenantId]));
  expect(await titles("诸葛亮")).toEqual([]);
  await tenant.runSchedule("customers.respell-due");
  await tenant.drain();
  expect(await titles("zhugeliang")).toEqual(["诸葛亮"]);
  expect(await titles("欧阳晓明")).toEqual(["欧阳晓明"]);
});
