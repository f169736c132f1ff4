import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { brokenProofs } from "../../../../test/shop-steps.ts";
import { freshTenant, type TestTenant } from "../../../../test/tenant.ts";
import type { Birthday } from "../birthday.ts";
import { comparePersons, DEFAULT_THRESHOLD } from "./compare.ts";
import { isOneSlip, jaroWinkler, sharedPairs } from "./likeness.ts";
import { featuresOf, type Person } from "./person.ts";

const born = (year: number, month: number, day: number): Birthday => ({ calendar: "solar", year, month, day });
const GUESTS = [
  { externalId: "a", name: "王小明", birthday: born(1990, 5, 1), phone: "13912340001", address: "上海市黄浦区南京路 12 号 301 室" },
  { externalId: "b", name: "王晓明", birthday: born(1990, 5, 1), phone: "13912340010", address: "黄浦区南京路12号301" },
  { externalId: "c", name: "李娜", birthday: born(1985, 1, 2), phone: "13700001111" },
  { externalId: "d", name: "李娜", birthday: born(1992, 7, 9), phone: "13800002222" },
  { externalId: "e", name: "Anna Berry", birthday: born(1999, 2, 19), address: "69 Giblin Street, Bittern 4814" },
  { externalId: "f", name: "berry anna", birthday: born(1999, 12, 19), address: "69 giblin st bittern 4814" },
];

async function found(tenant: TestTenant, query = "") {
  const started = await tenant.console.post("/duplicates:find");
  expect(started.status, JSON.stringify(started.body)).toBe(200);
  await tenant.drain();
  const { body } = await tenant.console.get(`/duplicates${query}`);
  return body as { items: { id: string; score: number; reasons: { field: string; agreement: string }[]; members: { id: string; name: string; address: string | null }[] }[]; count: { value: number } };
}

async function shop(guests: readonly object[] = GUESTS): Promise<TestTenant> {
  const tenant = await freshTenant();
  const { status, body } = await (await tenant.open(["members:write"])).post("/members:batch", { members: guests });
  expect([status, body.outcomes.map((one: { outcome: string }) => one.outcome)]).toEqual([200, guests.map(() => "created")]);
  return tenant;
}

const names = (pairs: { members: { name: string }[] }[]) => pairs.map((pair) => pair.members.map((member) => member.name).toSorted().join(" = ")).toSorted();

describe("looking for duplicates", () => {
  test("finds who may be one person, says why, and leaves namesakes alone", async () => {
    const tenant = await shop();
    const { items, count } = await found(tenant);
    expect(names(items)).toEqual(["Anna Berry = berry anna", "王小明 = 王晓明"]);
    expect(count.value).toBe(2);
    const [pair] = items.filter((one) => one.members.some((member) => member.name === "王小明"));
    expect(pair?.reasons.map((reason) => [reason.field, reason.agreement])).toEqual([["name", "near"], ["birthday", "same"], ["phone", "near"], ["address", "near"]]);
    expect(pair?.members.map((member) => member.address)).toContain("上海市黄浦区南京路 12 号 301 室");
    const { body: runs } = await tenant.console.get("/duplicate-runs");
    expect(runs.items).toMatchObject([{ kind: "find", state: "done", percent: 100, found: 2, total: 6 }]);
  });

  test("again finds nothing new, keeps what was decided, and sees who changed", async () => {
    const tenant = await shop();
    const { items } = await found(tenant);
    const [anna, wang] = [items.find((one) => one.members[0]?.name !== "王小明" && one.members[1]?.name !== "王小明"), items.find((one) => one.members.some((member) => member.name === "王小明"))];
    await tenant.console.post(`/duplicates/${anna?.id}:decide`, { state: "different" });
    await tenant.console.post(`/duplicates/${wang?.id}:decide`, { state: "later" });
    expect((await found(tenant)).items).toEqual([]);
    expect(names((await found(tenant, "?state=later")).items)).toEqual(["王小明 = 王晓明"]);
    const { body: li } = await tenant.console.post("/members:lookup", { phone: "13800002222" });
    await tenant.console.patch(`/members/${li.id}`, { birthday: born(1985, 1, 2), phone: "13700001112" });
    expect(names((await found(tenant)).items)).toEqual(["李娜 = 李娜"]);
  });

  test("a worker that was killed is gone on for", async () => {
    const tenant = await shop();
    await found(tenant);
    await tenant.inScope((scope) => scope.tx.rows(
      "update customers.duplicate_run set state = 'running', ended_at = null, moved_at = $2, phase = 'pairs', slice = 15 where tenant_id = $1", [scope.tenantId, new Date(scope.now.getTime() - 180_000)]));
    await tenant.runSchedule("customers.resume-duplicates");
    await tenant.drain();
    expect((await tenant.console.get("/duplicate-runs")).body.items).toMatchObject([{ state: "done" }]);
  });

  test("two runs do not go on at once, and one that was cancelled finds nothing", async () => {
    const tenant = await shop();
    const { body } = await tenant.console.post("/duplicates:find");
    expect((await tenant.console.post("/duplicates:find")).body.code).toBe("customers/duplicate-run-goes-on");
    expect((await tenant.console.post(`/duplicate-runs/${body.items[0].id}:cancel`)).body.items).toMatchObject([{ state: "cancelled" }]);
    await tenant.drain();
    expect((await tenant.console.get("/duplicates")).body.items).toEqual([]);
  });
});

describe("deciding", () => {
  test("a pair is merged into the side that was chosen, and leaves the queue", async () => {
    const tenant = await shop();
    const { items: [pair] } = await found(tenant, "?minScore=60");
    const [stays, goes] = pair?.members ?? [];
    expect((await tenant.console.post(`/duplicates/${pair?.id}:merge`, { survivorId: randomUUID(), reason: "x" }, { key: randomUUID() })).status).toBe(422);
    const { status, body } = await tenant.console.post(`/duplicates/${pair?.id}:merge`, { survivorId: stays?.id, reason: "同一人" }, { key: randomUUID() });
    expect([status, body.survivor.id, body.absorbed.id]).toEqual([200, stays?.id, goes?.id]);
    expect((await tenant.console.get("/duplicates")).body.items).toHaveLength(1);
    expect((await tenant.console.post(`/duplicates/${pair?.id}:decide`, { state: "open" })).status).toBe(404);
  });

  test("all from a score on are merged in the background; what cannot be is left", async () => {
    const tenant = await shop();
    const { items } = await found(tenant);
    const [first] = items;
    await tenant.console.post(`/members/${first?.members[0]?.id}/stored-value:freeze`, { kind: "loss", reason: "挂失" }, { key: randomUUID() });
    await tenant.console.post("/duplicates:merge-all", { minScore: 50 });
    await tenant.drain();
    expect((await tenant.console.get("/duplicate-runs")).body.items[0]).toMatchObject({ kind: "merge", state: "done", found: 1, total: 2 });
    expect((await tenant.console.get("/duplicates")).body.items.map((one: { id: string }) => one.id)).toEqual([first?.id]);
    expect(await brokenProofs(tenant)).toEqual([]);
  });

  test("only those who may merge see the queue", async () => {
    const tenant = await freshTenant();
    expect((await (await tenant.as("cashier")).get("/duplicates")).status).toBe(403);
    expect((await (await tenant.as("service")).get("/duplicates")).status).toBe(200);
  });
});

describe("the comparison", () => {
  const person = (more: Partial<Person>): Person => ({ name: "", gender: "unknown", birthday: null, phones: [], address: null, ...more });
  const score = (a: Partial<Person>, b: Partial<Person>, namesakes = 1) => comparePersons(featuresOf(person(a)), featuresOf(person(b)), namesakes).score;

  test("a name that everybody has says little, a rare one much", () => {
    const day = born(1990, 5, 1);
    const without = { calendar: "solar", month: 5, day: 1 } as const;
    expect(score({ name: "张伟", birthday: day }, { name: "张伟", birthday: day })).toBeGreaterThanOrEqual(DEFAULT_THRESHOLD);
    expect(score({ name: "张伟", birthday: without }, { name: "张伟", birthday: without }, 3_000)).toBeLessThan(DEFAULT_THRESHOLD);
    expect(score({ name: "单雄信" }, { name: "单雄信" })).toBeLessThan(DEFAULT_THRESHOLD);
    expect(score({}, {})).toBeLessThan(DEFAULT_THRESHOLD);
  });

  test("it is the same from both sides", () => {
    const [a, b] = [person({ name: "Mary Jane Watson", birthday: born(1980, 1, 2), address: "12 High St" }), person({ name: "watson mary", birthday: born(1980, 2, 1), address: "12 Hihg Street" })];
    expect(comparePersons(featuresOf(a), featuresOf(b))).toEqual(comparePersons(featuresOf(b), featuresOf(a)));
  });

  test.each([["1234", "1243", true], ["1234", "134", true], ["1234", "12354", true], ["1234", "1934", true], ["1234", "1234", false], ["1234", "4321", false]])("%s and %s are one slip apart: %s", (a, b, is) => {
    expect([isOneSlip(a, b), isOneSlip(b, a)]).toEqual([is, is]);
  });

  test("likeness agrees with Winkler's own examples", () => {
    expect(jaroWinkler("martha", "marhta")).toBeCloseTo(0.961, 3);
    expect(jaroWinkler("dwayne", "duane")).toBeCloseTo(0.84, 2);
    expect(jaroWinkler("dixon", "dicksonx")).toBeCloseTo(0.813, 3);
    expect([sharedPairs("night", "nacht"), sharedPairs("abc", "abc"), sharedPairs("", "a")]).toEqual([0.25, 1, 0]);
  });
});
