import { expect, it } from "vitest";
import { clock } from "../../test/server.ts";
import { cart, orderId, tillTenant } from "../../test/till.ts";

it("forgets a reply after a month and not before", async () => {
  const tenant = await tillTenant();
  const id = orderId();
  const commit = () => tenant.till.post(`/quotes/${id}:commit`, { ...cart(tenant), tenders: [{ kind: "cash" }] }, { key: `${id}-key` });
  expect((await commit()).status).toBe(200);
  clock.advance(29 * 86_400_000);
  await tenant.runSchedule("kernel.tidy");
  expect((await commit()).headers["idempotency-hit"]).toBe("true");
  clock.advance(2 * 86_400_000);
  await tenant.runSchedule("kernel.tidy");
  expect(await commit()).toMatchObject({ status: 409, body: { code: "commerce/order-exists" } });
});
