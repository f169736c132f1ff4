import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql, type Compilable } from "kysely";
import pg from "pg";
import { describe, expect, inject, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";
import { TenantFence } from "./fence.ts";
import type { DB } from "./tables.gen.ts";

const TENANT = "00000000-0000-7000-8000-00000000000a";
const db = new Kysely<DB>({
  dialect: { createAdapter: () => new PostgresAdapter(), createDriver: () => new DummyDriver(), createIntrospector: (one) => new PostgresIntrospector(one), createQueryCompiler: () => new PostgresQueryCompiler() },
  plugins: [new TenantFence(TENANT)],
});
/** The tables of a statement that are tied to the tenant by a bound parameter. A part built on its own is tied twice, which costs nothing. */
function fences(query: Compilable): number {
  const { sql: text, parameters } = query.compile();
  const tied = [...text.matchAll(/("[\w."]+)"\."tenant_id" = \$(\d+)/g)].filter(([, , number]) => parameters[Number(number) - 1] === TENANT);
  return new Set(tied.map(([, table]) => table)).size;
}
const inserted = (query: Compilable): number => query.compile().parameters.filter((value) => value === TENANT).length;

describe("the fence adds the tenant as a bound parameter", () => {
  test("to every table of a select: joins of each kind, aliases, subqueries, exists, common table expressions, unions", () => {
    expect(fences(db.selectFrom("org.unit").selectAll())).toBe(1);
    expect(fences(db.selectFrom("org.unit as u").select("u.id").where("u.code", "=", "x"))).toBe(1);
    expect(fences(db.selectFrom("org.staff_role as s").innerJoin("org.role as r", "r.id", "s.role_id").leftJoin("org.unit", "org.unit.id", "s.unit_id").select("r.id"))).toBe(3);
    expect(fences(db.selectFrom(["org.unit", "org.staff"]).select("org.unit.id"))).toBe(2);
    expect(fences(db.selectFrom("org.unit").select("id").where("id", "in", db.selectFrom("org.staff_role").select("unit_id")))).toBe(2);
    expect(fences(db.selectFrom("org.unit as u").select("id").where((is) => is.exists(is.selectFrom("org.staff_role as s").select(sql`1`.as("one")).whereRef("s.unit_id", "=", "u.id"))))).toBe(2);
    expect(fences(db.selectFrom("org.unit").select((is) => is.selectFrom("org.staff").select((of) => of.fn.countAll().as("n")).as("staff")))).toBe(2);
    expect(fences(db.with("stores", (with_) => with_.selectFrom("org.unit").selectAll()).selectFrom("stores").selectAll())).toBe(1);
    expect(fences(db.selectFrom("org.unit").select("id").union(db.selectFrom("org.staff").select("id")))).toBe(2);
    expect(fences(db.selectFrom(db.selectFrom("org.unit").selectAll().as("inner")).selectAll())).toBe(1);
  });

  test("so that a condition with `or` cannot get around it", () => {
    const { sql: text } = db.selectFrom("org.unit").select("id").where((is) => is.or([is("code", "=", "a"), is("code", "=", "b")])).compile();
    expect(text).toMatch(/where \("org"\."unit"\."tenant_id" = \$1 and \(.* or .*\)\)|where "org"\."unit"\."tenant_id" = \$1 and \(.* or .*\)/);
  });

  test("to updates and deletes, with the tables they read from", () => {
    expect(fences(db.updateTable("org.unit").set({ name: "x" }))).toBe(1);
    expect(fences(db.updateTable("org.unit as u").from("org.staff as s").set({ name: "x" }).whereRef("s.id", "=", "u.id"))).toBe(2);
    expect(fences(db.deleteFrom("org.unit"))).toBe(1);
    expect(fences(db.deleteFrom("org.staff_role").using("org.role").whereRef("org.role.id", "=", "org.staff_role.role_id"))).toBe(2);
  });

  test("to every inserted row", () => {
    expect(inserted(db.insertInto("org.recovery_code").values([{ staff_id: "a", code_hash: Buffer.of(1) }, { staff_id: "b", code_hash: Buffer.of(2) }]))).toBe(2);
  });

  test("and leaves system tables alone", () => {
    expect(fences(db.selectFrom("org.tenant").selectAll())).toBe(0);
  });
});

describe("row level security refuses alone", () => {
  test("a handwritten statement that forgot the tenant sees and changes only its own rows", async () => {
    const [tenant, other] = [await freshTenant(), await freshTenant()];
    const units = await tenant.inScope((scope) => scope.tx.rows<{ tenant_id: string }>("select tenant_id from org.unit", []));
    expect(new Set(units.map((unit) => unit.tenant_id))).toEqual(new Set([tenant.tenantId]));
    await tenant.inScope((scope) => scope.tx.rows("update org.unit set name = 'taken over'", []));
    expect((await other.console.get("/org-units")).body.items.map((unit: { name: string }) => unit.name)).not.toContain("taken over");
  });

  test("a row for somebody else cannot be written", async () => {
    const [tenant, other] = [await freshTenant(), await freshTenant()];
    await expect(tenant.inScope((scope) => scope.tx.rows("insert into org.role (tenant_id, id, name, permissions, scope_kind) values ($1, $2, 'x', '{}', 'all')", [other.tenantId, other.adminId])))
      .rejects.toMatchObject({ code: "42501" });
    await expect(tenant.inScope((scope) => scope.tx.rows("update org.unit set tenant_id = $1 where kind = 'store'", [other.tenantId]))).rejects.toMatchObject({ code: expect.stringMatching(/42501|23503/) });
  });

  test("without a tenant nothing of any tenant is seen", async () => {
    const tenant = await freshTenant();
    const { database } = tenant.server.installation;
    expect(await database.acrossTenants((tx) => tx.rows("select 1 from org.unit", []))).toEqual([]);
    expect((await database.pool.query("select 1 from kernel.event")).rowCount).toBe(0);
  });

  test("a tenant left by one transaction is not there in the next of the same connection", async () => {
    const tenant = await freshTenant();
    await Promise.all(Array.from({ length: 20 }, () => tenant.inScope((scope) => scope.tx.rows("select 1", []))));
    const seen = await Promise.all(Array.from({ length: 20 }, () => tenant.server.installation.database.pool.query("select 1 from org.unit")));
    expect(seen.every((result) => result.rowCount === 0)).toBe(true);
  });
});

test("keys refuse alone: even the owner cannot tie a row to another tenant's", async () => {
  const [tenant, other] = [await freshTenant(), await freshTenant()];
  const owner = new pg.Client({ connectionString: inject("ownerUrl") });
  await owner.connect();
  try {
    await expect(owner.query("insert into org.staff_role (tenant_id, staff_id, role_id, unit_id) values ($1, $2, $3, $4)", [tenant.tenantId, tenant.adminId, tenant.roleIds.admin, other.storeId]))
      .rejects.toMatchObject({ code: "23503" });
  } finally {
    await owner.end();
  }
});

test("every tenant table has row level security, its policy and the tenant first in its key; append-only ones cannot be changed", async () => {
  const owner = new pg.Client({ connectionString: inject("ownerUrl") });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ name: string; secured: boolean; policies: number; first: string; editable: boolean; append_only: boolean }>(
      `select t.name, t.append_only, c.relrowsecurity as secured, (select count(*) from pg_policy p where p.polrelid = c.oid) as policies,
              (select a.attname from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] where k.conrelid = c.oid and k.contype = 'p') as first,
              has_table_privilege('shuke_app', c.oid, 'update') or has_table_privilege('shuke_app', c.oid, 'delete') as editable
         from kernel.declared_table t join pg_class c on c.oid = t.name::regclass where t.kind in ('tenant', 'archive')`);
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) expect(row, row.name).toMatchObject({ secured: true, policies: 1, first: "tenant_id", editable: !row.append_only });
    const undeclared = await owner.query(
      `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'public') and n.nspname not like 'pg\\_%'
          and c.oid::regclass::text not in (select name from kernel.declared_table) and c.oid <> 'kernel.migration'::regclass and c.oid <> 'kernel.declared_table'::regclass`);
    expect(undeclared.rows).toEqual([]);
  } finally {
    await owner.end();
  }
});
