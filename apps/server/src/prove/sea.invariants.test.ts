import { expect, test } from "vitest";
import { broken } from "../../test/broken.ts";
import { move, seaTenant } from "../../test/seas.ts";
import { seaInvariants } from "./sea.invariants.ts";

test("the proofs of seas hold, and each finds a seat, a history or a date that somebody changed by hand", async () => {
  const tenant = await seaTenant({ idleDays: 15, winDays: 30, extensions: 1, extensionDays: 5 });
  const records = await tenant.leads(3);
  const person = await tenant.seller();
  await move(person, tenant.poolId, records, { kind: "claim" });
  await move(person, tenant.poolId, records.slice(0, 1), { kind: "extend" });
  await move(person, tenant.poolId, records.slice(2), { kind: "return", reason: "电话打不通" });
  expect(await broken(tenant, seaInvariants)).toEqual([]);
  const [seats, histories, dates] = seaInvariants.map((one) => one.name);
  expect(await broken(tenant, seaInvariants, "update sales.seat set held = held + 1 where tenant_id = $1 returning 1")).toEqual([seats]);
  expect(await broken(tenant, seaInvariants, "insert into sales.holding_entry (tenant_id, record_id, no, pool_id, kind, at, actor) select tenant_id, record_id, entries + 1, pool_id, 'leave', since, 'system:test' from sales.holding where tenant_id = $1 limit 1 returning 1")).toEqual([histories]);
  expect(await broken(tenant, seaInvariants, "update sales.holding set entries = entries - 1 where tenant_id = $1 returning 1")).toEqual([histories]);
  expect(await broken(tenant, seaInvariants, "update sales.holding set due_at = due_at + interval '1 day' where tenant_id = $1 and due_at is not null returning 1")).toEqual([dates]);
});
