import { expect, test } from "vitest";
import { move, ok, ownership, said, sea, seaTenant } from "../../../test/seas.ts";

test("fifty people claim the same record at once: one has it, and all the others hear who", async () => {
  const tenant = await seaTenant();
  const [record = ""] = await tenant.leads(1);
  const people = await Promise.all(Array.from({ length: 50 }, () => tenant.seller()));
  const outcomes = (await Promise.all(people.map((one) => move(one, tenant.poolId, [record], { kind: "claim" })))).flat();
  const winner = people[outcomes.findIndex((one) => one.outcome === "moved")];
  expect(outcomes.filter((one) => one.outcome === "moved")).toHaveLength(1);
  expect(outcomes.filter((one) => one.code === "taken" && one.owner?.id === winner?.staffId)).toHaveLength(49);
  expect((await ownership(tenant.console, record)).owner.id).toBe(winner?.staffId);
});

test("fifty claims of one person at once fill the private sea to the last place and not beyond", async () => {
  const tenant = await seaTenant({ capacity: 7 });
  const records = await tenant.leads(50);
  const person = await tenant.seller();
  const outcomes = (await Promise.all(records.map((record) => move(person, tenant.poolId, [record], { kind: "claim" })))).flat();
  expect(said(outcomes).toSorted()).toEqual([...Array.from({ length: 43 }, () => "full"), ...Array.from({ length: 7 }, () => "moved")]);
  expect(await sea(person, tenant.poolId, "&side=mine")).toHaveLength(7);
  expect((await ok(person.get("/seas"))).body.items[0].counts).toEqual({ public: 43, mine: 7, dueSoon: 0, claimedToday: 7 });
});

test("two callers claim the same two hundred at once: each record goes to exactly one", async () => {
  const tenant = await seaTenant({ capacity: 150 });
  const records = await tenant.leads(200);
  const people = await Promise.all([tenant.seller(), tenant.seller()]);
  const [first = [], second = []] = await Promise.all(people.map((one, at) => move(one, tenant.poolId, at === 0 ? records : records.toReversed(), { kind: "claim" })));
  const moved = [...first, ...second].filter((one) => one.outcome === "moved").map((one) => one.recordId);
  expect(new Set(moved).size).toBe(moved.length);
  expect(moved.length).toBe(200);
});
