import { actorRef, demand, type Scope } from "../../../kernel/scope.ts";
import { notFound, Problem, problem } from "../../../kernel/problem.ts";
import { removeRole } from "../../org/index.ts";
import { audit } from "../../platform/index.ts";
import { findDefinition } from "../definition.ts";
import { archiveField, changeField, deleteField, fieldInUse } from "../field.ts";
import { archiveObject, changeObject, deleteObject, objectHasRecords } from "../object.ts";
import { deleteRecord } from "../record.ts";
import { getRecord } from "../record.view.ts";
import { deleteView } from "../saved-view.ts";
import type { DoneStep } from "./apply.ts";
import { undoMenu } from "./menu.ts";
import type { Sections } from "./section.ts";

export const packOver = problem("objects/pack-over", 409, "This has been rolled back, or a later one of the same pack has to be first");
const REASON = "业务线模板已回滚 · pack rolled back";

interface Run {
  id: string;
  pack: string;
  steps: DoneStep[];
  applied_at: Date;
  rolled_back_at: Date | null;
}

/**
 * Takes back what a pack did, latest first. What people have filled in meanwhile is not lost: fields and objects with values are
 * archived instead of deleted, and named in the answer; so are templates in use.
 */
export async function rollBackPack(scope: Scope, sections: Sections, id: string): Promise<string[]> {
  const [run] = await scope.tx.rows<Run>("select id, pack, steps, applied_at, rolled_back_at from objects.pack_run where tenant_id = $1 and id = $2 for update", [scope.tenantId, id]);
  if (!run) throw notFound();
  const [later] = await scope.tx.rows("select 1 from objects.pack_run where tenant_id = $1 and pack = $2 and id > $3 and rolled_back_at is null limit 1", [scope.tenantId, run.pack, id]);
  if (run.rolled_back_at || later) throw packOver();
  const made = new Set(run.steps.filter((step) => step.what === "object" && step.action === "create").map((step) => step.of));
  const kept: string[] = [];
  for (const step of run.steps.toReversed()) {
    // With an object go its fields, settings and views.
    if (made.has(step.of) && (step.what === "field" || step.what === "settings" || step.what === "view")) continue;
    kept.push(...await undo(scope, step, { sections, madeAt: run.applied_at }));
  }
  await scope.tx.db.updateTable("objects.pack_run").set({ rolled_back_at: scope.now, rolled_back_by: actorRef(scope.actor) }).where("id", "=", id).execute();
  audit(scope, { action: "pack.roll-back", subjectKind: "pack", subjectId: run.pack, after: { kept } });
  return kept;
}

async function undo(scope: Scope, step: DoneStep, made: { sections: Sections; madeAt: Date }): Promise<string[]> {
  if (step.what === "role" || step.what === "menu") demand(scope.actor, "roles.manage");
  const before = Object.fromEntries(step.changes.map((one) => [one.name, one.before]));
  switch (step.what) {
    case "records": return removeRecords(scope, step.ids ?? []);
    case "role": return orKeep(step.of, () => removeRole(scope, step.ids?.[0] ?? ""));
    case "menu": return await undoMenu(scope, step) ? [] : [`${step.of}.${step.key}`];
    case "view": return step.ids?.[0] ? orKeep(`${step.of}: ${step.key}`, () => deleteView(scope, step.ids?.[0] ?? "")) : [];
    case "settings": return orKeep(step.of, () => changeObject(scope, step.of, before));
    case "object": return step.action === "change" ? orKeep(step.of, () => changeObject(scope, step.of, before)) : removeObject(scope, step.of);
    case "template": return removeTemplate(scope, step, made);
    case "field": return undoField(scope, step, before);
  }
}

/** A refusal says what stays; the database has not been asked yet. */
async function orKeep(name: string, run: () => Promise<unknown>): Promise<string[]> {
  try {
    await run();
    return [];
  } catch (error) {
    if (error instanceof Problem) return [name];
    throw error;
  }
}

async function undoField(scope: Scope, step: DoneStep, before: Record<string, unknown>): Promise<string[]> {
  const field = (await findDefinition(scope, step.of))?.byKey.get(step.key ?? "");
  const name = `${step.of}.${step.key}`;
  if (!field) return [];
  if (step.action === "change") return orKeep(name, () => changeField(scope, field.id, before));
  try {
    await deleteField(scope, field.id);
    return [];
  } catch (error) {
    if (fieldInUse.is(error)) await archiveField(scope, field.id, true);
    else if (!(error instanceof Problem)) throw error;
    return [name];
  }
}

async function removeObject(scope: Scope, key: string): Promise<string[]> {
  if (!(await findDefinition(scope, key))) return [];
  try {
    await deleteObject(scope, key);
    return [];
  } catch (error) {
    if (objectHasRecords.is(error)) await archiveObject(scope, key, REASON);
    else if (!(error instanceof Problem)) throw error;
    return [key];
  }
}

async function removeTemplate(scope: Scope, { of, key, ids = [] }: DoneStep, { sections, madeAt }: { sections: Sections; madeAt: Date }): Promise<string[]> {
  const section = sections.find((one) => one.key === of);
  if (section) demand(scope.actor, section.can);
  return ids[0] && await section?.unmake(scope, ids[0], madeAt) ? [] : [key ?? of];
}

/** Those that nobody has changed. */
async function removeRecords(scope: Scope, ids: readonly string[]): Promise<string[]> {
  for (const id of ids.toReversed()) {
    await orKeep(id, async () => {
      if ((await getRecord(scope, id)).row.version === 1) await deleteRecord(scope, id);
    });
  }
  return [];
}
