import { expect, test } from "vitest";
import { broken } from "../../test/broken.ts";
import { cart, orderId, tillTenant } from "../../test/till.ts";
import { referenceInvariants } from "./reference.invariants.ts";

test("the proofs of references hold after an order, and each finds a row that lost what it refers to", async () => {
  const tenant = await tillTenant();
  const id = orderId();
  const paid = await tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant, tenant.memberId), tenders: [{ kind: "stored-value" }] }, { key: `${id}-key` });
  expect(paid.status).toBe(200);
  expect(await broken(tenant, referenceInvariants)).toEqual([]);
  const tampering: [string, string][] = [
    ["every lot belongs to an account",
      `insert into ledger.lot select tenant_id, gen_random_uuid(), gen_random_uuid(), amount, remaining, held, earned_at, active_from, expires_at,
              origin_kind, origin_id, origin_holder_id, store_id, rule_version, is_open from ledger.lot where tenant_id = $1 limit 1 returning 1`],
    ["every posting is about an account that exists, and a lot of that account or of one that it was merged with",
      `insert into ledger.posting select tenant_id, account_id, gen_random_uuid(), gen_random_uuid(), amount, counter, kind, ref_id, at, balance_after, memo
         from ledger.posting where tenant_id = $1 and kind = 'pay' limit 1 returning 1`],
    ["every identity belongs to a member", "update customers.identity set member_id = gen_random_uuid() where tenant_id = $1 and kind = 'phone' returning 1"],
    ["no line and no tender stands without its order", "update commerce.order_line set order_id = 'gone' where tenant_id = $1 and no = 0 returning 1"],
  ];
  for (const [at, [name, sql]] of tampering.entries()) {
    expect(await tenant.inScope((scope) => scope.tx.rows(sql, [scope.tenantId])), name).not.toEqual([]);
    expect(await broken(tenant, referenceInvariants)).toContain(name);
    expect(await broken(tenant, referenceInvariants)).toHaveLength(at + 1);
  }
});
