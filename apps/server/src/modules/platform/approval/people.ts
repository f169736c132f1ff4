import { unitLevels, type ApprovalKind, type ChainStep, type Level } from "../../../kernel/approval.ts";
import type { Scope } from "../../../kernel/scope.ts";

export interface Person {
  id: string;
  name: string;
}

/** Where a request belongs: a unit of the tree. */
export interface Place {
  id: string;
  kind: Level;
  name: string;
  path: string;
}

/** Nobody reads a longer list of who could decide. */
const MAX_PEOPLE = 50;

const PLACE = "u.id, u.kind, u.name, u.path";

/** `null`: headquarters. */
export async function unitPlace(scope: Scope, unitId: string | null): Promise<Place | undefined> {
  const [place] = await scope.tx.rows<Place>(
    `select ${PLACE} from org.unit u where u.tenant_id = $1 and (u.id = $2 or ($2::uuid is null and u.kind = 'headquarters')) order by length(u.path) limit 1`, [scope.tenantId, unitId]);
  return place;
}

/** Where somebody belongs, as far as this permission goes: the highest unit at which a role grants it. */
export async function ownPlace(scope: Scope, staffId: string, can: string): Promise<Place | undefined> {
  const [place] = await scope.tx.rows<Place>(
    `select ${PLACE} from org.staff_role a
       join org.role r on r.tenant_id = $1 and r.id = a.role_id and $3 = any(r.permissions)
       join org.unit u on u.tenant_id = $1 and u.id = a.unit_id
      where a.tenant_id = $1 and a.staff_id = $2 order by length(u.path), u.id limit 1`, [scope.tenantId, staffId, can]);
  return place;
}

interface Held {
  roleIds?: readonly string[];
  permissions?: readonly string[];
  /** Held at this kind of unit, above the place. */
  level?: Level;
}

/** Whose roles reach the place, the nearest first. Never the asker. */
async function holders(scope: Scope, place: Place, askerId: string, { roleIds, permissions, level }: Held): Promise<Person[]> {
  return scope.tx.rows<Person>(
    `select s.id, s.name from org.staff s
       join org.staff_role a on a.tenant_id = $1 and a.staff_id = s.id
       join org.role r on r.tenant_id = $1 and r.id = a.role_id
       join org.unit u on u.tenant_id = $1 and u.id = a.unit_id
      where s.tenant_id = $1 and s.state = 'active' and s.id <> $2
        and ($3::uuid[] is null or r.id = any($3)) and ($4::text[] is null or r.permissions @> $4) and ($5::text is null or u.kind = $5)
        and (starts_with($6, u.path) or ($5::text is null and r.scope_kind = 'all'))
      group by s.id, s.name order by max(case when starts_with($6, u.path) then length(u.path) else 0 end) desc, s.name, s.id limit ${MAX_PEOPLE}`,
    [scope.tenantId, askerId, roleIds ?? null, permissions ?? null, level ?? null, place.path]);
}

export interface Asked {
  kind: ApprovalKind;
  place: Place;
  askerId: string;
  amount: number;
}

/** Who decides at a step, in the order of a serial one. */
export async function deciders(scope: Scope, who: ChainStep["who"], { kind, place, askerId, amount }: Asked): Promise<Person[]> {
  switch (who.kind) {
    case "staff": return activeStaff(scope, who.staffIds, askerId);
    case "roles": return holders(scope, place, askerId, { roleIds: who.roleIds });
    case "leader": return holders(scope, place, askerId, { roleIds: [who.roleId], level: who.level });
    case "able": {
      const people = await holders(scope, place, askerId, { permissions: [kind.canDecide ?? kind.can] });
      if (kind.canDecide || !kind.mayAlone) return people;
      const able = new Set(await kind.mayAlone(scope, people.map((one) => one.id), amount));
      return people.filter((one) => able.has(one.id));
    }
  }
}

/** Who answers for everything: where nobody else can decide, they do. */
export const administrators = (scope: Scope, { place, askerId }: Asked): Promise<Person[]> =>
  holders(scope, place, askerId, { permissions: ["staff.manage", "roles.manage"] });

export async function activeStaff({ tx, tenantId }: Scope, staffIds: readonly string[], exceptId: string): Promise<Person[]> {
  return tx.rows<Person>(
    `select s.id, s.name from unnest($2::uuid[]) with ordinality as n(id, no)
       join org.staff s on s.tenant_id = $1 and s.id = n.id and s.state = 'active' and s.id <> $3 order by n.no`, [tenantId, staffIds, exceptId]);
}

/** Whom a step goes to when its time is up; nothing: to the administrators. */
export async function nextAbove(scope: Scope, { who, escalateTo }: ChainStep, round: number, asked: Asked): Promise<Person[]> {
  if (escalateTo?.kind === "staff") return round === 0 ? activeStaff(scope, escalateTo.staffIds, asked.askerId) : [];
  if (who.kind !== "leader") return [];
  for (const level of unitLevels.slice(unitLevels.indexOf(who.level) + 1 + round)) {
    const people = await holders(scope, asked.place, asked.askerId, { roleIds: [who.roleId], level });
    if (people.length > 0) return people;
  }
  return [];
}
