import type { z } from "zod";
import { unauthenticated } from "../../kernel/problem.ts";
import { visibleStores, type Scope } from "../../kernel/scope.ts";
import { findMenu } from "./menu.view.ts";
import type { sessionReply, signInReply } from "./session.schema.ts";

type SignedIn = z.input<typeof signInReply>;

/** Who is signed in, and where. */
export async function getIdentity(scope: Scope, staffId: string): Promise<SignedIn & { totpEnabled: boolean }> {
  const staff = await scope.tx.db.selectFrom("org.staff").select(["id", "name", "account", "totp_sealed"]).where("id", "=", staffId).executeTakeFirstOrThrow();
  const tenant = await scope.tx.db.selectFrom("org.tenant").select(["id", "code", "name", "time_zone", "theme"])
    .where("id", "=", scope.tenantId).executeTakeFirstOrThrow();
  return {
    staff: { id: staff.id, name: staff.name, account: staff.account },
    tenant: { id: tenant.id, code: tenant.code, name: tenant.name, timeZone: tenant.time_zone, theme: tenant.theme as SignedIn["tenant"]["theme"] },
    totpEnabled: staff.totp_sealed !== null,
  };
}

/** What the console needs to draw its shell. */
export async function getSession(scope: Scope): Promise<z.input<typeof sessionReply>> {
  const { actor } = scope;
  if (actor.kind !== "staff") throw unauthenticated();
  return {
    ...(await getIdentity(scope, actor.staffId)),
    permissions: [...actor.permissions],
    dataScope: { kind: actor.dataScope.kind, storeIds: actor.dataScope.storeIds ? [...actor.dataScope.storeIds] : null },
    stores: await listStores(scope),
    menu: await findMenu(scope, actor.staffId),
  };
}

/** The open stores that the actor may see, each with the names of the city and the region above it. */
export async function listStores(scope: Scope) {
  return scope.tx.rows<z.input<typeof sessionReply>["stores"][number]>(
    `select s.id, s.code, s.name,
            (select c.name from org.unit c where c.tenant_id = $1 and c.kind = 'city' and s.path like c.path || '%') as city,
            (select r.name from org.unit r where r.tenant_id = $1 and r.kind = 'region' and s.path like r.path || '%') as region
       from org.unit s
      where s.tenant_id = $1 and s.kind = 'store' and s.state = 'active' and ($2::uuid[] is null or s.id = any ($2::uuid[]))
      order by s.code`, [scope.tenantId, visibleStores(scope.actor)]);
}
