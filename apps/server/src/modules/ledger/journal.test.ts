import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";
import type { Scope } from "../../kernel/scope.ts";
import { balancesOf, Journal, type Lot } from "./index.ts";

const DAY_MS = 86_400_000;
const SPENT = { kind: "spend", counter: "spent", refId: "o-9" };

/** An account with lots of these orders: so many units, spendable from and until so many days from now. */
async function accountOf(scope: Scope, lots: readonly (readonly [order: string, amount: number, from: number, until: number | null])[]) {
  const key = { holderId: randomUUID(), asset: "points" };
  const journal = await Journal.open(scope, [key]);
  const at = (days: number) => new Date(scope.now.getTime() + days * DAY_MS);
  const credit = (order: string, amount: number, from = 0, until: number | null = null): Lot | undefined => journal.credit(key, {
    kind: "earn", counter: "issued", refId: order, amount, earnedAt: scope.now, activeFrom: at(from), expiresAt: until === null ? null : at(until), originKind: "order", originId: order,
    storeId: null, ruleVersion: null,
  });
  const given = lots.map((one) => credit(...one));
  return { key, journal, credit, left: () => given.map((lot) => lot?.remaining) };
}

test("what is taken back comes from the lots of its own order first, and of each what cannot be spent yet before what can", async () => {
  const tenant = await freshTenant();
  await tenant.inScope(async (scope) => {
    const { key, journal, left } = await accountOf(scope, [["o-2", 10, 0, 5], ["o-2", 10, 3, 30], ["o-1", 10, 0, 20], ["o-1", 10, 3, 40]]);
    const take = (amount: number) => journal.takeBack(key, amount, { kind: "order", id: "o-1" }, { kind: "take-back", counter: "issued", refId: "o-1" });
    expect([take(4), left()]).toEqual([0, [10, 10, 10, 6]]);
    expect([take(9), left()]).toEqual([0, [10, 10, 7, 0]]);
    expect([take(9), left()]).toEqual([0, [10, 8, 0, 0]]);
    expect([take(20), left()]).toEqual([2, [0, 0, 0, 0]]);
    journal.close();
  });
});

test("what has expired of other orders is not there to be taken back, whether the night has been or not; of its own it is lost already", async () => {
  const tenant = await freshTenant();
  await tenant.inScope(async (scope) => {
    const { key, journal, left } = await accountOf(scope, [["o-1", 10, -9, -1], ["o-2", 10, -9, -1], ["o-3", 10, 0, 5]]);
    expect([journal.takeBack(key, 12, { kind: "order", id: "o-1" }, { kind: "take-back", counter: "issued", refId: "o-1" }), left()]).toEqual([0, [0, 10, 8]]);
    expect([journal.takeBack(key, 12, { kind: "order", id: "o-1" }, { kind: "take-back", counter: "issued", refId: "o-1" }), left()]).toEqual([4, [0, 10, 0]]);
    journal.close();
  });
});

test("what is owed takes of the next credit before there is a lot, and nothing of the one after", async () => {
  const tenant = await freshTenant();
  await tenant.inScope(async (scope) => {
    const { key, journal, credit } = await accountOf(scope, []);
    expect(journal.takeBack(key, 30, { kind: "order", id: "o-1" }, { kind: "take-back", counter: "issued", refId: "o-1" })).toBe(30);
    expect(credit("o-2", 20)).toBeUndefined();
    expect(balancesOf(journal.find(key), scope.now)).toMatchObject({ active: -10, owed: 10 });
    expect([credit("o-3", 25)?.amount, credit("o-4", 5)?.amount]).toEqual([15, 5]);
    expect(balancesOf(journal.find(key), scope.now)).toMatchObject({ active: 20, owed: 0 });
    journal.close();
  });
});

test("what was spent goes back first to the lot that was spent last, and never more than went out", async () => {
  const tenant = await freshTenant();
  const key = await tenant.inScope(async (scope) => {
    const made = await accountOf(scope, [["o-1", 10, 0, 5], ["o-2", 10, 0, 50]]);
    made.journal.debit(made.key, 14, SPENT);
    made.journal.close();
    return made.key;
  });
  await tenant.inScope(async (scope) => {
    const journal = await Journal.open(scope, [key]);
    const out = await journal.burned(key, SPENT.refId, ["spend"]);
    expect(out.map(({ lot, amount }) => [lot.originId, amount, lot.remaining])).toEqual([["o-2", 4, 6], ["o-1", 10, 0]]);
  });
});
