import fc from "fast-check";
import { expect, test } from "vitest";
import { joinMember } from "../../../../test/member.ts";
import { PrepaidLife, type PrepaidStep as Step } from "../../../../test/prepaid-life.ts";
import { freshTenant } from "../../../../test/tenant.ts";
import { prepaidInvariants } from "../../../prove/prepaid.invariants.ts";

const fen = fc.integer({ min: 1, max: 30_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("top-up" as const), principal: fen, bonus: fc.integer({ min: 0, max: 9_999 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("spend" as const), fen }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("return" as const), order: fc.nat({ max: 9 }), fen }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("withdraw" as const), cause: fc.constantFrom("seven-day" as const, "consumer" as const, "merchant" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("give" as const), fen }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("decline" as const) }) },
);

test("whatever a guest does with stored value, in each order of spending, nothing is made from nothing and nothing is owed", async () => {
  const tenant = await freshTenant();
  const till = await tenant.open(["orders:write"]);
  const second = await tenant.as("admin", tenant.headquartersId);
  const order = fc.constantFrom("proportional", "principal-first", "bonus-first");
  await fc.assert(fc.asyncProperty(order, fc.array(step, { minLength: 4, maxLength: 16 }), async (spendOrder, steps) => {
    await tenant.console.put("/prepaid-terms", { spendOrder, approvalOverFen: 10_000 });
    const [member, friend] = [await joinMember(tenant), await joinMember(tenant)];
    const life = new PrepaidLife(tenant, till, second, { memberId: member.memberId, friendId: friend.memberId });
    for (const one of steps) {
      await life.live(one);
      await life.check();
    }
  }), { numRuns: 18 });
  const broken = await tenant.inScope(async (scope) => {
    const found: unknown[] = [];
    for (const { name, sql } of prepaidInvariants) {
      const rows = await scope.tx.rows(`select * from (${sql}) broken where broken.tenant_id = $1`, [scope.tenantId]);
      if (rows.length > 0) found.push({ name, rows });
    }
    return found;
  });
  expect(broken).toEqual([]);
}, 180_000);
