import { sql } from "kysely";
import type { z } from "zod";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { territory } from "./authority.ts";
import type { staffQuery, staffReply } from "./staff.schema.ts";

type Staff = z.input<typeof staffReply>;

interface Row {
  id: string;
  name: string;
  account: string;
  state: string;
  totp_enabled: boolean;
  last_sign_in_at: Date | null;
  held: { roleId: string; roleName: string; orgUnitId: string; unitName: string }[];
}

/** Staff of the actor's part of the organisation, by account. */
export async function listStaff(scope: Scope, { q, limit, cursor }: z.output<typeof staffQuery>): Promise<Page<Staff>> {
  const [after] = decodeCursor(cursor, 1) ?? [""];
  const rows = await readStaff(scope, { q, after: String(after), limit: limit + 1 });
  return pageFrom(rows, limit, toStaff, (row) => [row.account]);
}

export async function getStaff(scope: Scope, staffId: string): Promise<Staff> {
  const [row] = await readStaff(scope, { staffId, limit: 1 });
  if (!row) throw notFound();
  return toStaff(row);
}

async function readStaff(scope: Scope, wanted: { staffId?: string; q?: string | undefined; after?: string; limit: number }): Promise<Row[]> {
  const roots = territory(scope);
  return scope.tx.rows<Row>(
    `select s.id, s.name, s.account, s.state, s.totp_sealed is not null as totp_enabled, s.last_sign_in_at, coalesce(h.held, '[]') as held
       from org.staff s
       left join lateral (
         select jsonb_agg(jsonb_build_object('roleId', r.id, 'roleName', r.name, 'orgUnitId', u.id, 'unitName', u.name) order by r.name, u.path) as held,
                array_agg(u.path) as paths
           from org.staff_role a
           join org.role r on r.tenant_id = $1 and r.id = a.role_id
           join org.unit u on u.tenant_id = $1 and u.id = a.unit_id
          where a.tenant_id = $1 and a.staff_id = s.id) h on true
      where s.tenant_id = $1 and ($2::uuid is null or s.id = $2)
        and ($3::text is null or strpos(lower(s.name), lower($3)) > 0 or strpos(s.account, lower($3)) > 0)
        and ($4::text is null or s.account > $4)
        and ($5::text[] is null or exists (select 1 from unnest(h.paths) as p where p like any ($5)))
      order by s.account limit $6`,
    [scope.tenantId, wanted.staffId ?? null, wanted.q || null, wanted.after || null, roots?.map((root) => `${root}%`) ?? null, wanted.limit]);
}

function toStaff({ held, ...row }: Row): Staff {
  const roles = new Map(held.map((one) => [one.roleId, { id: one.roleId, name: one.roleName }]));
  const units = new Map(held.map((one) => [one.orgUnitId, { id: one.orgUnitId, name: one.unitName }]));
  const [unit] = units.values();
  return {
    id: row.id, name: row.name, account: row.account, roles: [...roles.values()], orgUnit: units.size === 1 && unit ? unit : null,
    assignments: held.map(({ roleId, orgUnitId }) => ({ roleId, orgUnitId })), isActive: row.state === "active",
    totpEnabled: row.totp_enabled, lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
  };
}

const STAFF = "staff:";

/** The names of staff by how histories name them, `staff:…`; who else is named there has no name here. */
export async function staffNames(scope: Scope, refs: readonly (string | null)[]): Promise<Map<string, string>> {
  const staffIds = refs.flatMap((ref) => (ref?.startsWith(STAFF) ? ref.slice(STAFF.length) : []));
  const rows = await scope.tx.db.selectFrom("org.staff").select(["id", "name"]).where(sql<boolean>`id = any(${staffIds}::uuid[])`).execute();
  return new Map(rows.map((row) => [STAFF + row.id, row.name]));
}
