import { expect, test } from "vitest";
import { visits } from "../../../test/objects.ts";
import { freshTenant } from "../../../test/tenant.ts";
import type { Tx } from "../../kernel/db/tx.ts";
import { getDefinition } from "./definition.ts";
import { byTerms } from "./term.ts";

test("what a text is asked for is worked out once, however many rows are looked at", async () => {
  const tenant = await freshTenant();
  expect((await tenant.console.post("/objects/member/fields", { key: "plate", kind: "text", name: "车牌", isSearchable: true })).status).toBe(201);
  const plan: string[] = [];
  await tenant.inScope(async (scope) => {
    const rows: Tx["rows"] = async (text, values) => {
      plan.push(...(await scope.tx.rows<{ "QUERY PLAN": string }>(`explain (costs off) ${text}`, values)).map((row) => row["QUERY PLAN"]));
      return [];
    };
    const definition = await getDefinition(scope, "member", "values");
    const field = definition.byKey.get("plate");
    if (!field) throw new Error("No field");
    await byTerms({ ...scope, tx: Object.assign(Object.create(scope.tx) as Tx, { rows }) }, definition, { field, op: "contains", keys: ["沪A"], isTurned: false });
  });
  const asked = plan.filter((line) => line.includes("@>"));
  expect(asked).not.toEqual([]);
  expect(asked.filter((line) => line.includes("objects.terms("))).toEqual([]);
});

test("a text that many records have is counted no further than lists count, and a rare one is found among them", async () => {
  const tenant = await freshTenant();
  const { list } = await visits(tenant, [{ key: "place", kind: "text", isSearchable: true }]);
  await tenant.inScope((scope) => scope.tx.rows(
    `insert into objects.record (tenant_id, object_id, id, ext, created_at, created_by, updated_at, terms)
     select $1, f.object_id, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, e.ext, $2, 'system:test', $2, objects.terms(e.ext, array[f.id])
       from objects.field f cross join generate_series(1, 10002) n
      cross join lateral (select jsonb_build_object(f.id, '南京路' || case when n = 77 then '龘' else '' end) as ext) e
      where f.tenant_id = $1 and f.key = 'place'`, [scope.tenantId, scope.now]));
  const asked = async (value: string) => (await list({ limit: 2, filter: [{ field: "place", op: "contains", value }] })).body;
  expect(await asked("南京")).toMatchObject({ count: { value: 10_000, capped: true }, items: [{}, {}] });
  expect(await asked("龘")).toMatchObject({ count: { value: 1, capped: false }, items: [{ id: "01900000-0000-7000-8000-00000000004d" }] });
  expect((await asked("京龘")).items).toEqual([]);
});
