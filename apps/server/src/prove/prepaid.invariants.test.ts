import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { broken } from "../../test/broken.ts";
import { joinMember } from "../../test/member.ts";
import { freshTenant } from "../../test/tenant.ts";
import { prepaidInvariants } from "./prepaid.invariants.ts";

test("the proofs of prepaid value and cards hold after every kind of movement, and each finds what somebody changed by hand", async () => {
  const tenant = await freshTenant();
  const [one, other] = [await joinMember(tenant), await joinMember(tenant)];
  const key = () => ({ key: randomUUID() as string });
  const { storeId, console: desk } = tenant;
  const planId = (await desk.post("/top-up-plans", { name: "充值", principalFen: 50_000, bonusFen: 5_000 })).body.id;
  for (const { memberId } of [one, other]) await desk.post(`/members/${memberId}/stored-value:top-up`, { planId, payment: "cash", storeId }, key());
  await desk.post(`/members/${one.memberId}/stored-value:transfer`, { toMemberId: other.memberId, amountFen: 11_000, reason: "转" }, key());
  await desk.post(`/members/${one.memberId}/stored-value:withdraw`, { cause: "merchant", expectedFen: 40_000, method: "cash", reason: "退" }, key());
  const { refundFen } = (await other.post("/me/stored-value:quote-withdrawal", { cause: "merchant" })).body;
  const refused = (await other.post("/me/stored-value:withdraw", { cause: "merchant", expectedFen: refundFen }, key())).body.id as string;
  expect((await desk.post(`/approvals/${refused}:reject`, { comment: "改主意了" })).status).toBe(200);
  await desk.post(`/members/${other.memberId}/stored-value:freeze`, { kind: "loss", reason: "挂失" });
  const card = (await desk.post("/stored-cards", { cardNo: `N-${randomUUID().slice(0, 8)}`, amountFen: 10_000, payment: "cash", storeId }, key())).body;
  await desk.post(`/stored-cards/${card.id}:bind`, { memberId: one.memberId }, key());
  const productId = (await desk.post("/card-products", { kind: "count", name: "十次卡", priceFen: 10_001, units: 10 })).body.id;
  const sold = (await desk.post(`/members/${one.memberId}/cards`, { productId, payment: "cash", storeId }, key())).body.card;
  await desk.post(`/cards/${sold.id}:use`, { uses: 3, storeId }, key());
  await desk.post(`/cards/${sold.id}:refund`, { cause: "merchant", expectedFen: 7_001, method: "cash", reason: "退" }, key());
  expect(await broken(tenant, prepaidInvariants)).toEqual([]);
  const tampering: [string, string][] = [
    ["a withdrawal took from the ledger what it says, and what was declined is back", "update payments.withdrawal set principal_fen = principal_fen + 1 where tenant_id = $1 and card_id is null returning 1"],
    ["a withdrawal waits as long as its approval does, and went the way that was decided", "update platform.approval_request set state = 'waiting', ended_at = null where tenant_id = $1 and kind = 'withdrawal' returning 1"],
    ["a withdrawal that is paid out has its parts", "update payments.withdrawal set refund_fen = refund_fen + 1 where tenant_id = $1 and card_id is not null returning 1"],
    ["frozen stored value has a reason", "delete from payments.freeze where tenant_id = $1 returning 1"],
    ["a card's price is earned as its units are used", "update payments.card_sale set price_fen = price_fen + 20 where tenant_id = $1 returning 1"],
    ["a card's units are used, left, given back or ended, and none twice", "update payments.card_sale set units = units + 1 where tenant_id = $1 returning 1"],
    ["the uses of a count card are those that its sale counts", "insert into payments.card_use select $1, gen_random_uuid(), card_id, 1, 0, null, store_id, null, by_actor, at from payments.card_use where tenant_id = $1 returning 1"],
    ["what goes back for a top-up or a card is never more than was paid for it", "update payments.top_up set principal_fen = 39_999 where tenant_id = $1 and member_id in (select member_id from payments.withdrawal where tenant_id = $1) returning 1"],
    ["principal owed is what was topped up, less what was used and given back", "update ledger.account set balance = balance + 1 where tenant_id = $1 and asset = 'prepaid.principal' returning 1"],
    ["value that went from one holder to another arrived whole", "insert into ledger.posting select $1, account_id, gen_random_uuid(), lot_id, 1, counter, kind, ref_id, at, balance_after, memo from ledger.posting where tenant_id = $1 and kind = 'card-bind' limit 1 returning 1"],
  ];
  for (const [at, [name, sql]] of tampering.entries()) {
    expect(await tenant.inScope((scope) => scope.tx.rows(sql, [scope.tenantId])), name).not.toEqual([]);
    expect(await broken(tenant, prepaidInvariants)).toContain(name);
    expect((await broken(tenant, prepaidInvariants)).length).toBeGreaterThanOrEqual(at > 6 ? 7 : at + 1);
  }
});
