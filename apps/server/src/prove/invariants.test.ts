import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { broken } from "../../test/broken.ts";
import { cart, orderId, tillTenant, type TillTenant } from "../../test/till.ts";
import { invariants } from "./invariants.ts";

/** A paid order, one that came back in part, one that is held, a top-up. */
async function openForBusiness(tenant: TillTenant): Promise<void> {
  const key = () => ({ key: randomUUID() });
  const tenders = [{ kind: "points", points: 100 }, { kind: "stored-value", amountFen: 2_000 }, { kind: "cash" }];
  const [paid, returned, held] = [orderId(), orderId(), orderId()];
  for (const id of [paid, returned]) {
    expect((await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, tenant.memberId), fees: [{ kind: "packing", amountFen: 200 }], tenders }, key())).status).toBe(200);
  }
  expect((await tenant.till.post(`/orders/${returned}:return`, { lines: [{ lineId: "b", quantity: 1 }], reason: "退菜" }, key())).status).toBe(200);
  await tenant.till.put(`/quotes/${held}`, cart(tenant, tenant.memberId));
  expect((await tenant.till.post(`/quotes/${held}:hold`, { pointsToHold: 50, storedValueFenToHold: 300 }, key())).status).toBe(200);
  const planId = (await tenant.console.post("/top-up-plans", { name: "充值", principalFen: 1_000, bonusFen: 100 })).body.id;
  expect((await tenant.console.post(`/members/${tenant.memberId}/stored-value:top-up`, { planId, payment: "cash", storeId: tenant.storeId }, key())).status).toBe(200);
}

const TAMPERING: [string, string][] = [
  ["an account's balance is what its lots hold, less what is owed", "update ledger.account set owed = owed + 1 where tenant_id = $1"],
  ["an account's balance is the sum of its postings",
    `insert into ledger.posting select tenant_id, account_id, gen_random_uuid(), null, 1, counter, 'adjust', ref_id, at, balance_after, memo from ledger.posting where tenant_id = $1 and kind = 'opening'`],
  ["a lot's rest is the sum of its postings", "update ledger.lot set remaining = remaining - 1 where tenant_id = $1 and remaining > held"],
  ["what a lot holds back is what its holds say", "update ledger.lot set held = held + 1 where tenant_id = $1 and remaining > held"],
  ["an order's lines and fees add up to its price", "update commerce.order_line set net_fen = net_fen - 1, discount_fen = discount_fen + 1 where tenant_id = $1 and no = 0"],
  ["an order's tenders add up to its price", "update commerce.tender set amount_fen = amount_fen + 1 where tenant_id = $1 and kind = 'cash'"],
  ["a line's parts of the tenders add up to the line", "update commerce.order_line set tender_split = '[1]' where tenant_id = $1 and no = 0"],
  ["returns add up to what an order has refunded", `update commerce."order" set refunded_fen = refunded_fen + 1 where tenant_id = $1 and status = 'partially-refunded'`],
  ["an order earned and spent the points that the ledger moved for it", `update commerce."order" set points_spent = points_spent + 1 where tenant_id = $1`],
  ["stored value paid what the orders say", "update commerce.tender set refunded_fen = refunded_fen + 1 where tenant_id = $1 and kind = 'stored-value'"],
  ["a member's standing counts the member's orders", "update loyalty.standing set net_fen = net_fen + 1 where tenant_id = $1"],
  ["a member's standing counts what went back", "update loyalty.standing set refunded_fen = refunded_fen + 1 where tenant_id = $1"],
  ["every order was told once",
    `insert into kernel.event select tenant_id, gen_random_uuid(), type, at, actor, subject_id, payload from kernel.event where tenant_id = $1 and type = 'commerce.order-paid'`],
  ["a payment paid for one thing", "update commerce.tender set payment_id = '01980000-0000-7000-8000-000000000000' where tenant_id = $1 and kind = 'cash'"],
  ["what is owed is the only reason for a balance below nothing", "update ledger.account set balance = -owed - 1 where tenant_id = $1"],
  ["value is held for a quote that is held, or for a redemption that is to be paid", "update commerce.quote set state = 'released' where tenant_id = $1 and state = 'held'"],
  ["a top-up that is done was credited once, principal and bonus", "update payments.top_up set bonus_fen = bonus_fen + 1 where tenant_id = $1"],
  ["an order's status says what was returned", `update commerce."order" set status = 'paid' where tenant_id = $1 and refunded_fen > 0`],
  ["every member who has a standing exists, and every order's member too", "update loyalty.standing set member_id = gen_random_uuid() where tenant_id = $1"],
];

test("the proofs of accounts and orders hold after a day's business, and each finds what somebody changed by hand", async () => {
  const tenant = await tillTenant();
  await openForBusiness(tenant);
  // The till's tenant loads value that no top-up sold.
  const known = await broken(tenant, invariants);
  for (const [name, sql] of TAMPERING) {
    expect(known).not.toContain(name);
    expect(await broken(tenant, invariants, `${sql} returning 1`), name).toContain(name);
  }
});
