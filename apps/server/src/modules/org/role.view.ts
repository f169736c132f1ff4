import type { z } from "zod";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { roleReply } from "./role.schema.ts";

type Role = z.input<typeof roleReply>;

/** The built-in ones first; a tenant has tens, so there is one page. */
export async function listRoles(scope: Scope): Promise<{ items: Role[]; nextCursor: null }> {
  return { items: await readRoles(scope, null), nextCursor: null };
}

export const roleNames = async (scope: Scope): Promise<{ id: string; name: string }[]> => (await readRoles(scope, null)).map(({ id, name }) => ({ id, name }));

export async function getRole(scope: Scope, roleId: string): Promise<Role> {
  const [role] = await readRoles(scope, roleId);
  if (!role) throw notFound();
  return role;
}

const readRoles = (scope: Scope, roleId: string | null): Promise<Role[]> =>
  scope.tx.rows<Role>(
    `select r.id, r.name, r.permissions, r.scope_kind as scope, r.is_builtin as "isBuiltIn", r.menu,
            (select count(distinct s.staff_id) from org.staff_role s where s.tenant_id = $1 and s.role_id = r.id) as "staffCount"
       from org.role r where r.tenant_id = $1 and ($2::uuid is null or r.id = $2)
      order by r.is_builtin desc, r.id`, [scope.tenantId, roleId]);
