import { expect, test } from "vitest";
import { joinMember } from "../../../test/member.ts";
import { freshTenant } from "../../../test/tenant.ts";

test("records of own objects that refer to a member who left keep what counts and lose what could tell who it was", async () => {
  const tenant = await freshTenant();
  await tenant.console.post("/objects", { key: "booking", name: "订位" });
  for (const field of [{ key: "guest", kind: "reference", settings: { target: "member" } }, { key: "tel", kind: "phone", isUnique: true, isFilterable: true }, { key: "people", kind: "number" }]) {
    expect((await tenant.console.post("/objects/booking/fields", { name: "字段", ...field })).status).toBe(201);
  }
  await tenant.console.post("/objects/member/fields", { key: "nick", kind: "text", name: "昵称", isUnique: true });
  const member = await joinMember(tenant);
  await tenant.console.patch(`/members/${member.memberId}`, { custom: { nick: "独一无二的昵称" } });
  const made = await tenant.console.post("/objects/booking/records", { fields: { name: "独一无二的昵称", guest: member.memberId, tel: "13911119999", people: 4 } });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const gone = await tenant.console.post("/objects/booking/records", { fields: { name: "独一无二的昵称", guest: member.memberId } });
  expect((await tenant.console.delete(`/records/${gone.body.id}`)).status).toBe(204);
  await member.post("/me/deletion");
  await tenant.inScope((scope) => scope.tx.rows("update customers.deletion set purge_at = asked_at where tenant_id = $1", [scope.tenantId]));
  await tenant.runSchedule("customers.start-purges");
  await tenant.drain();
  expect((await tenant.console.get(`/records/${made.body.id}`)).body).toMatchObject({ title: "", fields: { name: null, tel: null, people: 4 } });
  const [left] = await tenant.inScope((scope) => scope.tx.rows<{ text: string }>(
    `select (select coalesce(string_agg(u::text, ''), '') from objects.unique_value u where u.tenant_id = $1) || (select string_agg(m::text, '') from customers.member m where m.tenant_id = $1)
         || (select string_agg(r::text, '') from objects.record r where r.tenant_id = $1)
         || (select string_agg(e::text, '') from kernel.audit_entry e where e.tenant_id = $1 and e.action like 'record.%') as text`, [scope.tenantId]));
  expect(left?.text).not.toMatch(/独一无二|13911119999|139\*/);
});
