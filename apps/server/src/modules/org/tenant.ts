import type { Database } from "../../kernel/db/database.ts";
import { isZone } from "../../kernel/days.ts";
import { uuidv7, type Id, type Random } from "../../kernel/ids.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import { builtInRoleNames, builtInRoles, type BuiltInRole } from "./built-in-role.ts";

export interface NewTenant {
  code: string;
  name: string;
  timeZone: string;
  theme?: { primary?: string; logoText?: string };
  /** From `hashPassword`: hashing takes a while and does not belong in a transaction. */
  admin: { account: string; name: string; passwordHash: string };
  /** For the seed's story, which happens on given days and with given ids. */
  now?: Date;
  random?: Random;
}

export interface FoundedTenant {
  tenantId: Id<"tenant">;
  headquartersId: Id<"unit">;
  adminId: Id<"staff">;
  roleIds: Readonly<Record<BuiltInRole, Id<"role">>>;
}

/**
 * Founds a tenant: its row, headquarters, the built-in roles, the first administrator, in one transaction. For operators:
 * no route leads here.
 */
export async function createTenant(database: Database, tenant: NewTenant): Promise<FoundedTenant> {
  if (!isZone(tenant.timeZone)) throw fieldProblem("timeZone", "invalid", `${tenant.timeZone} is not a time zone`);
  const now = tenant.now ?? database.clock();
  const next = <Noun extends string>(): Id<Noun> => uuidv7(now, tenant.random ?? database.random);
  const tenantId = next<"tenant">();
  const headquartersId = next<"unit">();
  const adminId = next<"staff">();
  const roleIds = Object.fromEntries(builtInRoleNames.map((name) => [name, next<"role">()])) as Record<BuiltInRole, Id<"role">>;
  await database.acrossTenants(async (tx) => {
    const { db } = tx;
    await db.insertInto("org.tenant").values({
      id: tenantId, code: tenant.code.toLowerCase(), name: tenant.name, time_zone: tenant.timeZone,
      theme: JSON.stringify(tenant.theme ?? {}), created_at: now,
    }).execute();
    // From here on as this tenant: row level security lets nothing else in.
    await tx.rows("select kernel.set_tenant($1)", [tenantId]);
    await db.insertInto("org.unit").values({
      tenant_id: tenantId, id: headquartersId, parent_id: null, kind: "headquarters", code: "HQ", name: `${tenant.name}总部`,
      path: `${headquartersId}/`, created_at: now,
    }).execute();
    await db.insertInto("org.role").values(builtInRoleNames.map((name) => ({
      tenant_id: tenantId, id: roleIds[name], name: builtInRoles[name].name, permissions: [...builtInRoles[name].permissions],
      scope_kind: builtInRoles[name].scope, is_builtin: true,
    }))).execute();
    await db.insertInto("org.staff").values({
      tenant_id: tenantId, id: adminId, account: tenant.admin.account.toLowerCase(), name: tenant.admin.name,
      password_hash: tenant.admin.passwordHash, created_at: now,
    }).execute();
    await db.insertInto("org.staff_role").values({ tenant_id: tenantId, staff_id: adminId, role_id: roleIds.admin, unit_id: headquartersId }).execute();
  });
  return { tenantId, headquartersId, adminId, roleIds };
}
