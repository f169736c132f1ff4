import { actorRef, demand, newId, type Scope } from "../../../kernel/scope.ts";
import { problem } from "../../../kernel/problem.ts";
import { addRole } from "../../org/index.ts";
import { audit } from "../../platform/index.ts";
import { getDefinition } from "../definition.ts";
import { addField, changeField } from "../field.ts";
import type { FieldPatch, NewField, ObjectPatch } from "../object.schema.ts";
import { changeObject, createObject } from "../object.ts";
import { saveRecords } from "../save.ts";
import { saveView } from "../saved-view.ts";
import { menuObstacles, setMenu } from "./menu.ts";
import { readPack, type Pack, type PackWish, type Step } from "./pack.schema.ts";
import { planPack } from "./plan.ts";
import { choiceName, type Sections } from "./section.ts";

export const packConflicts = problem("objects/pack-conflicts", 409, "The pack and what is here contradict each other");

/** A step as it was done, with the ids of what it made. */
export interface DoneStep extends Step {
  ids?: string[];
}

const changesOf = <Patch>(step: Step): Patch => Object.fromEntries(step.changes.map(({ name, after }) => [name, after])) as Patch;

/** Reads a pack that the caller may make everything of. Throws `invalid`. */
export function readAllowed(scope: Scope, sections: Sections, wish: PackWish): Pack {
  const pack = readPack(wish, sections);
  const isWanted = (list: string, names: readonly string[] = []): boolean => names.some((name) => !pack.leftOut.has(choiceName(list, name)));
  if (isWanted("roles", pack.roles.map((one) => one.name)) || isWanted("menus", pack.menus.map((one) => one.role))) demand(scope.actor, "roles.manage");
  for (const { key, can } of sections) if (isWanted(key, pack.templates[key]?.map((one) => one.name))) demand(scope.actor, can);
  return pack;
}

/** What a file would do, when the caller may do all of it and nothing stands against it. Throws `invalid`, `packConflicts`. */
export async function feasiblePlan(scope: Scope, sections: Sections, wish: PackWish): Promise<{ pack: Pack; steps: Step[] }> {
  const pack = readAllowed(scope, sections, wish);
  const steps = await planPack(scope, sections, pack, wish.withDemo);
  const conflicts = steps.filter((step) => step.action === "conflict");
  if (conflicts.length > 0) throw packConflicts({ detail: conflicts.map((step) => `${step.of}${step.key ? `.${step.key}` : ""}: ${[menuObstacles[step.note ?? ""] ?? step.note, ...step.changes.map(({ name, before, after }) => `${name} ${String(before)} → ${String(after)}`)].join(" ")}`).join("; ") });
  return { pack, steps: steps.filter((step) => step.action === "create" || step.action === "change") };
}

/** Does what the plan says, all of it or nothing, and keeps what undoes it. Throws `invalid`, `packConflicts`. */
export async function applyPack(scope: Scope, sections: Sections, wish: PackWish): Promise<string> {
  const { pack, steps } = await feasiblePlan(scope, sections, wish);
  const done: DoneStep[] = [];
  for (const step of inOrder(steps, pack)) done.push({ ...step, ids: await run(scope, sections, pack, step) });
  await requireFromStages(scope, pack, steps);
  const id = newId<"pack-run">(scope);
  await scope.tx.db.insertInto("objects.pack_run").values({
    id, pack: pack.pack, version: pack.version, name: pack.name, file: wish.file, steps: JSON.stringify(done), applied_at: scope.now, applied_by: actorRef(scope.actor),
  }).execute();
  audit(scope, { action: "pack.apply", subjectKind: "pack", subjectId: pack.pack, after: { version: pack.version, steps: done.length } });
  return id;
}

/** Formulas after the fields that they may name. */
const inOrder = (steps: readonly Step[], pack: Pack): Step[] => {
  const isFormula = (step: Step) => step.what === "field" && wishOf(pack, step)?.kind === "formula";
  const at = steps.findIndex((step) => step.what !== "object" && step.what !== "field");
  const [first, rest] = at === -1 ? [steps, []] : [steps.slice(0, at), steps.slice(at)];
  return [...first.filter((step) => !isFormula(step)), ...first.filter(isFormula), ...rest];
};

const objectOf = (pack: Pack, step: Step) => pack.objects.find((one) => one.key === step.of);
const wishOf = (pack: Pack, step: Step): NewField | undefined => objectOf(pack, step)?.fields.find((field) => field.key === step.key);

async function run(scope: Scope, sections: Sections, pack: Pack, step: Step): Promise<string[]> {
  switch (step.what) {
    case "object": {
      const wish = objectOf(pack, step);
      if (step.action === "create" && wish) await createObject(scope, wish);
      else await changeObject(scope, step.of, changesOf<ObjectPatch>(step));
      return [];
    }
    case "field": return runField(scope, step, wishOf(pack, step));
    case "settings": await changeObject(scope, step.of, changesOf<ObjectPatch>(step)); return [];
    case "view": {
      const view = objectOf(pack, step)?.views.find((one) => one.name === step.key);
      return view ? [await saveView(scope, step.of, { ...view, isShared: true })] : [];
    }
    case "role": {
      const role = pack.roles.find((one) => one.name === step.of);
      return role ? [(await addRole(scope, role)).id] : [];
    }
    case "menu": return setMenu(scope, step);
    case "template": {
      const wish = pack.templates[step.of]?.find((one) => one.name === step.key);
      const made = wish && await sections.find((one) => one.key === step.of)?.make(scope, wish);
      return made ? [made.id] : [];
    }
    case "records": return makeRecords(scope, step.of, pack.demo[step.of] ?? []);
  }
}

async function runField(scope: Scope, step: Step, wish: NewField | undefined): Promise<string[]> {
  if (!wish) return [];
  const known = (await getDefinition(scope, step.of)).byKey.get(wish.key);
  if (!known) return [await addField(scope, step.of, { ...wish, requiredFrom: null })];
  const { kind: _kind, isFilterable: _isFilterable, requiredFrom: _requiredFrom, ...rest } = wish;
  await changeField(scope, known.id, step.action === "change" ? changesOf<FieldPatch>(step) : rest);
  return [];
}

/** Only when the stages are there. */
async function requireFromStages(scope: Scope, pack: Pack, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const wish = step.what === "field" && step.action === "create" ? wishOf(pack, step) : undefined;
    const field = wish?.requiredFrom ? (await getDefinition(scope, step.of)).byKey.get(wish.key) : undefined;
    if (wish && field) await changeField(scope, field.id, { requiredFrom: wish.requiredFrom ?? null });
  }
}

async function makeRecords(scope: Scope, key: string, records: Pack["demo"][string]): Promise<string[]> {
  const outcomes = await saveRecords(scope, key, records.map((fields) => ({ fields })));
  const wrong = outcomes.flatMap((one, at) => one.errors.map((error) => `demo.${key}.${at}.${error.field}: ${error.message}`));
  if (wrong.length > 0) throw packConflicts({ detail: wrong.slice(0, 10).join("; ") });
  return outcomes.map((one) => one.id);
}
