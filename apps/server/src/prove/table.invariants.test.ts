import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { Client } from "../../test/client.ts";
import { cart, orderId, tillTenant } from "../../test/till.ts";
import { openMemberSession } from "../modules/customers/session.ts";
import { billInvariants } from "./bill.invariants.ts";
import { offlineInvariants } from "./offline.invariants.ts";

test("the proofs of divided bills and offline codes hold, and each finds what somebody changed by hand", async () => {
  const tenant = await tillTenant();
  const broken = () => tenant.inScope(async (scope) => {
    const names: string[] = [];
    for (const { name, sql } of [...billInvariants, ...offlineInvariants]) if ((await scope.tx.rows(sql, [])).length > 0) names.push(name);
    return names;
  });
  const id = orderId();
  await tenant.till.put(`/bills/${id}`, { ...cart(tenant), shares: [{ memberId: tenant.memberId }, {}] });
  for (const no of [1, 2]) expect((await tenant.till.post(`/bills/${id}/shares/${no}:pay`, { tenders: [{ kind: "cash" }] }, { key: `${id}-${no}` })).status).toBe(200);
  const phone = new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${await tenant.inScope((scope) => openMemberSession(scope, tenant.memberId))}` });
  expect((await phone.post("/me/offline-code", { allowanceFen: 5_000 }, { key: randomUUID() })).status).toBe(200);
  expect(await broken()).toEqual([]);
  // Each is undone before the next: what one breaks is its own.
  const tampering: [string, string, string][] = [
    ["a bill's shares add up to it, its lines and its discounts", "update commerce.bill set total_fen = total_fen + 1 where tenant_id = $1 returning 1", "update commerce.bill set total_fen = total_fen - 1 where tenant_id = $1 returning 1"],
    ["a paid share is the order of its payer, for its amount", "update commerce.bill_share set payer_id = null where tenant_id = $1 and no = 1 returning 1", `update commerce.bill_share set payer_id = '${tenant.memberId}' where tenant_id = $1 and no = 1 returning 1`],
    ["a bill is paid when all its shares are, and only then", "update commerce.bill set state = 'void' where tenant_id = $1 returning 1", "update commerce.bill set state = 'paid' where tenant_id = $1 returning 1"],
    ["an offline code holds exactly what is left of its allowance, and nothing when it has ended", "update commerce.offline_code set state = 'ended' where tenant_id = $1 returning 1", "update commerce.offline_code set state = 'open' where tenant_id = $1 returning 1"],
    ["an offline code holds exactly what is left of its allowance, and nothing when it has ended", "update commerce.offline_code set allowance_fen = allowance_fen + 1 where tenant_id = $1 returning 1", "update commerce.offline_code set allowance_fen = allowance_fen - 1 where tenant_id = $1 returning 1"],
    ["the orders of an offline code were paid from it by what it says was used", "update commerce.offline_code set used_fen = 1, allowance_fen = allowance_fen + 1 where tenant_id = $1 returning 1", "update commerce.offline_code set used_fen = 0, allowance_fen = allowance_fen - 1 where tenant_id = $1 returning 1"],
  ];
  for (const [name, change, undo] of tampering) {
    expect(await tenant.inScope((scope) => scope.tx.rows(change, [scope.tenantId])), name).not.toEqual([]);
    expect(await broken()).toEqual([name]);
    await tenant.inScope((scope) => scope.tx.rows(undo, [scope.tenantId]));
  }
  expect(await broken()).toEqual([]);
});
