import { expect, test } from "vitest";
import { broken } from "../../test/broken.ts";
import { visits } from "../../test/objects.ts";
import { freshTenant } from "../../test/tenant.ts";
import { customInvariants } from "./custom.invariants.ts";

test("the proofs of own fields hold, and each finds a claim or a link that went astray", async () => {
  const tenant = await freshTenant();
  const { add } = await visits(tenant, [{ key: "tel", kind: "phone", isUnique: true }, { key: "seats", kind: "number", isUnique: true }, { key: "parent", kind: "reference", settings: { target: "visit" } }, { key: "others", kind: "reference", settings: { target: "visit", isMany: true } }]);
  const first = (await add({ tel: "13911110000", seats: 1.5 })).body.id as string;
  expect((await add({ tel: "13911110001", seats: 20, parent: first, others: [first] })).status).toBe(201);
  expect(await broken(tenant, customInvariants)).toEqual([]);
  const [claimed, linked] = customInvariants.map((one) => one.name);
  expect(await broken(tenant, customInvariants, "update objects.unique_value set value = value || 'x' where tenant_id = $1 returning 1")).toEqual([claimed]);
  expect(await broken(tenant, customInvariants, "delete from objects.link where tenant_id = $1 returning 1")).toEqual([linked]);
  expect(await broken(tenant, customInvariants, "insert into objects.link select tenant_id, field_id, to_id, from_id from objects.link where tenant_id = $1 returning 1")).toEqual([linked]);
});
