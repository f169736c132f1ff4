import type { z } from "zod";
import type { Scope } from "../../../kernel/scope.ts";
import { roleNames } from "../../org/index.ts";
import { listDefinitions } from "../definition.ts";
import { viewDefinitions } from "../field.view.ts";
import type { fieldView, NewField, objectView } from "../object.schema.ts";
import { listViews } from "../saved-view.ts";
import { differences } from "./difference.ts";
import { planMenus } from "./menu.ts";
import type { Pack, PackObject, Step } from "./pack.schema.ts";
import { choiceName, planTemplates, type Sections } from "./section.ts";

type ObjectView = z.input<typeof objectView>;
type FieldView = z.input<typeof fieldView>;

const step = (what: Step["what"], action: Step["action"], of: string, more: Partial<Step> = {}): Step => ({ what, action, of, key: null, changes: [], note: null, ...more });

/**
 * What a pack would do here, in the order in which it would be done: a pack applied twice does nothing. Of objects and roles what is already
 * so is left out; of templates it is named, since it may be otherwise than the pack has it.
 */
export async function planPack(scope: Scope, sections: Sections, pack: Pack, withDemo = false): Promise<Step[]> {
  const views = new Map((await viewDefinitions(scope, await listDefinitions(scope))).map((view) => [view.key, view]));
  const planned = pack.objects.map((wish) => planObject(wish, views.get(wish.key)));
  const saved = await Promise.all(pack.objects.map(async (wish) => new Set(views.has(wish.key) ? (await listViews(scope, wish.key)).map((view) => view.name) : [])));
  const roles = new Set((await roleNames(scope)).map((role) => role.name));
  const isListed = (key: string): boolean => { const view = views.get(key); return view ? !view.isArchived && !view.isBuiltIn : pack.objects.some((wish) => wish.key === key); };
  return [
    ...planned.flatMap((one) => one.objects), ...planned.flatMap((one) => one.fields), ...planned.flatMap((one) => one.settings),
    ...pack.objects.flatMap((wish, at) => wish.views.filter((view) => !saved[at]?.has(view.name)).map((view) => step("view", "create", wish.key, { key: view.name }))),
    ...pack.roles.filter((role) => !roles.has(role.name)).map((role) => step("role", pack.leftOut.has(choiceName("roles", role.name)) ? "leave" : "create", role.name)),
    ...await planMenus(scope, pack, isListed),
    ...await planTemplates(scope, sections, pack, isListed),
    ...(withDemo ? Object.entries(pack.demo).filter(([key]) => !views.has(key)).map(([key, records]) => step("records", "create", key, { note: String(records.length) })) : []),
  ];
}

function planObject(wish: PackObject, now: ObjectView | undefined): { objects: Step[]; fields: Step[]; settings: Step[] } {
  if (now?.isArchived) return { objects: [step("object", "conflict", wish.key, { note: "archived" })], fields: [], settings: [] };
  const renamed = now ? differences({ name: wish.name, nameEn: wish.nameEn }, now) : [];
  const settings = differences({ titleField: wish.titleField, stageField: wish.stageField, rules: wish.rules }, now ?? { titleField: "name", stageField: null, rules: [] });
  return {
    objects: now ? (renamed.length > 0 && !now.isBuiltIn ? [step("object", "change", wish.key, { changes: renamed })] : []) : [step("object", "create", wish.key, { changes: differences({ name: wish.name, nameEn: wish.nameEn }, {}) })],
    fields: wish.fields.flatMap((field) => planField(wish.key, field, now?.fields.find((one) => one.key === field.key))),
    settings: settings.length > 0 ? [step("settings", "change", wish.key, { changes: settings })] : [],
  };
}

function planField(of: string, wish: NewField, now: FieldView | undefined): Step[] {
  if (!now) return [step("field", "create", of, { key: wish.key, changes: differences({ name: wish.name, nameEn: wish.nameEn }, {}) })];
  if (now.kind !== wish.kind) return [step("field", "conflict", of, { key: wish.key, note: `${now.kind} → ${wish.kind}` })];
  if (now.isArchived) return [step("field", "conflict", of, { key: wish.key, note: "archived" })];
  const { settings, kind: _kind, key: _key, isFilterable: _isFilterable, position: _position, ...rest } = wish;
  const merged = settings && mergedSettings(settings, now.settings);
  const changes = [...differences(rest, now), ...(merged && differences(merged, now.settings).length > 0 ? [{ name: "settings", before: now.settings, after: merged }] : [])];
  return changes.length > 0 ? [step("field", "change", of, { key: wish.key, changes })] : [];
}

/** Options that records may hold stay, behind those of the pack. */
function mergedSettings(wish: NonNullable<NewField["settings"]>, now: FieldView["settings"]): NonNullable<NewField["settings"]> {
  const named = new Set(wish.options?.map((option) => option.key));
  return { ...wish, ...(wish.options ? { options: [...wish.options, ...(now.options ?? []).filter((option) => !named.has(option.key))] } : {}) };
}
