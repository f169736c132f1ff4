import type { z } from "zod";
import { UNIT_ADDED, UNIT_CHANGED, type UnitAdded, type UnitChanged } from "../../events/org.ts";
import { audit } from "../../kernel/audit.ts";
import { publish } from "../../kernel/events.ts";
import { fieldProblem, notFound, problem } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { lockOrganisation } from "./assignment.ts";
import { demandTerritory } from "./authority.ts";
import { unitKinds, type addUnitBody, type changeUnitBody } from "./unit.schema.ts";
import { getUnit } from "./unit.view.ts";

export const unitCodeTaken = problem("org/unit-code-taken", 409, "A unit has this code already");
export const unitMisplaced = problem("org/unit-misplaced", 409, "The unit cannot be below this one");
export const unitNotEmpty = problem("org/unit-not-empty", 409, "There are open units below it");

type Unit = Awaited<ReturnType<typeof getUnit>>;
const rankOf = (unit: Pick<Unit, "kind">): number => unitKinds.indexOf(unit.kind);

export async function addUnit(scope: Scope, draft: z.output<typeof addUnitBody>) {
  await lockOrganisation(scope);
  const parent = await getParent(scope, draft.parentId);
  demandTerritory(scope, [parent.path]);
  if (rankOf(parent) >= rankOf(draft)) throw unitMisplaced({ detail: `A ${draft.kind} cannot be below a ${parent.kind}` });
  await refuseTakenCode(scope, draft.code, "");
  const id = newId<"unit">(scope);
  await scope.tx.db.insertInto("org.unit").values({
    id, parent_id: parent.id, kind: draft.kind, code: draft.code, name: draft.name, path: `${parent.path}${id}/`,
    address: draft.address ?? null, phone: draft.phone ?? null, opening_hours: draft.openingHours ?? null,
    latitude: draft.latitude ?? null, longitude: draft.longitude ?? null, created_at: scope.now,
  }).execute();
  const after = await getUnit(scope, id);
  audit(scope, { action: "unit.add", subjectKind: "unit", subjectId: id, after });
  await publish(scope, UNIT_ADDED, id, { unitId: id, parentId: parent.id, kind: after.kind, code: after.code, name: after.name } satisfies UnitAdded);
  return after;
}

export async function changeUnit(scope: Scope, unitId: string, change: z.output<typeof changeUnitBody>) {
  await lockOrganisation(scope);
  const before = await getUnit(scope, unitId);
  demandTerritory(scope, [before.path]);
  if (change.parentId !== undefined && change.parentId !== before.parentId) await moveUnit(scope, before, change.parentId);
  if (change.code !== undefined) await refuseTakenCode(scope, change.code, unitId);
  if (change.state === "closed") await refuseOpenBelow(scope, before);
  const next = { ...before, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) } as Unit;
  await scope.tx.db.updateTable("org.unit").set({
    code: next.code, name: next.name, state: next.state, address: next.address, phone: next.phone, opening_hours: next.openingHours,
    latitude: next.latitude, longitude: next.longitude,
  }).where("id", "=", unitId).execute();
  const after = await getUnit(scope, unitId);
  audit(scope, { action: "unit.change", subjectKind: "unit", subjectId: unitId, before, after });
  await publish(scope, UNIT_CHANGED, unitId, { unitId, kind: after.kind, code: after.code, name: after.name, state: after.state } satisfies UnitChanged);
  return after;
}

/** Moves a unit with everything below it: their paths begin with its path. */
async function moveUnit(scope: Scope, unit: Unit, parentId: string): Promise<void> {
  const parent = await getParent(scope, parentId);
  demandTerritory(scope, [parent.path]);
  if (unit.parentId === null) throw unitMisplaced({ detail: "Headquarters stay at the top" });
  if (parent.path.startsWith(unit.path)) throw unitMisplaced({ detail: "A unit cannot be below itself" });
  if (rankOf(parent) >= rankOf(unit)) throw unitMisplaced({ detail: `A ${unit.kind} cannot be below a ${parent.kind}` });
  await scope.tx.rows("update org.unit set parent_id = $3 where tenant_id = $1 and id = $2", [scope.tenantId, unit.id, parent.id]);
  await scope.tx.rows("update org.unit set path = $3 || substr(path, $4) where tenant_id = $1 and path like $2",
    [scope.tenantId, `${unit.path}%`, `${parent.path}${unit.id}/`, unit.path.length + 1]);
}

async function getParent(scope: Scope, parentId: string): Promise<Unit> {
  return getUnit(scope, parentId).catch((error: unknown) => {
    throw notFound.is(error) ? fieldProblem("parentId", "unknown", "is no unit") : error;
  });
}

async function refuseTakenCode(scope: Scope, code: string, exceptId: string): Promise<void> {
  const taken = await scope.tx.db.selectFrom("org.unit").select("id").where("code", "=", code).executeTakeFirst();
  if (taken && taken.id !== exceptId) throw unitCodeTaken({ errors: [{ field: "code", code: "taken", message: "is taken" }] });
}

async function refuseOpenBelow(scope: Scope, unit: Unit): Promise<void> {
  if (unit.kind === "headquarters") throw unitMisplaced({ detail: "Headquarters cannot be closed" });
  const below = await scope.tx.db.selectFrom("org.unit").select("id").where("path", "like", `${unit.path}%`).where("id", "!=", unit.id)
    .where("state", "=", "active").executeTakeFirst();
  if (below) throw unitNotEmpty();
}
