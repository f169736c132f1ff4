import { parseDocument } from "yaml";
import { z } from "zod";
import { reason, text } from "../../../kernel/http/wire.ts";
import { invalid, type FieldError } from "../../../kernel/problem.ts";
import { menu } from "../../org/index.ts";
import { newField, objectKey, rule } from "../object.schema.ts";
import { newView } from "../saved-view.ts";
import { choiceName, readTemplates, type Sections, type Templates } from "./section.ts";

const MAX_OBJECTS = 50;
const MAX_FIELDS = 100;
const MAX_DEMO = 200;
export const MAX_PACK = 200_000;

const packObject = z.strictObject({
  key: objectKey, name: text(60), nameEn: z.string().trim().max(60).optional(), titleName: text(60).optional(), titleField: objectKey.optional(), stageField: objectKey.optional(),
  rules: z.array(rule).max(50).optional(), fields: z.array(newField).max(MAX_FIELDS).default([]), views: z.array(newView.omit({ isShared: true })).max(20).default([]),
});

/** What belongs to modules that are not there yet: known, so that the refusal says what is missing rather than that the file is wrong. */
const LATER: Readonly<Record<string, { code: string; message: string }>> = {
  journeys: { code: "needs-marketing", message: "comes with the module marketing, which is not there yet: without this section the rest can be applied" },
  components: { code: "not-supported", message: "pages are laid out by layouts of fields, and menus lead to them: without this section the rest can be applied" },
};

const head = {
  pack: z.string().regex(/^[a-z][a-z0-9-]{1,39}$/), version: z.int().min(1), name: text(60), nameEn: z.string().trim().max(60).optional(), about: z.string().trim().max(500).optional(), aboutEn: z.string().trim().max(500).optional(),
};
const pack = z.strictObject({
  ...head,
  objects: z.array(packObject).max(MAX_OBJECTS).default([]),
  roles: z.array(z.strictObject({ name: text(40), scope: z.enum(["own", "store", "region", "all"]), permissions: z.array(z.string()).min(1).max(100) })).max(20).default([]),
  /** what the console offers to whoever has a role: one that is here, or one of these */
  menus: z.array(z.strictObject({ role: text(64), groups: menu })).max(20).refine((all) => new Set(all.map((one) => one.role)).size === all.length, "has one role twice").default([]),
  /** records by object, made only where somebody asks for them */
  demo: z.record(objectKey, z.array(z.record(z.string(), z.unknown())).max(MAX_DEMO)).default({}),
});
export interface Pack extends z.output<typeof pack> {
  templates: Templates;
  /** of its roles, menus and templates what somebody does not want, by `choiceName` */
  leftOut: ReadonlySet<string>;
}

/** A file as somebody wants it. */
export interface PackWish {
  file: string;
  withDemo?: boolean | undefined;
  without?: readonly string[] | undefined;
}
export type PackObject = Pack["objects"][number];

/** What a file says of itself. */
export const readHead = (file: string) => z.object(head).parse(contentOf(file));

/** Reads a pack. Throws `invalid` with every place that is wrong. */
export function readPack({ file, without = [] }: PackWish, sections: Sections): Pack {
  const content = contentOf(file);
  const isMap = content !== null && typeof content === "object" && !Array.isArray(content);
  const { templates: said, ...others }: Record<string, unknown> = isMap ? { ...content } : {};
  const [above, below] = [sections.filter((one) => one.isTopLevel), sections.filter((one) => !one.isTopLevel)];
  const isAbove = (name: string): boolean => above.some((one) => one.key === name);
  const rest = Object.fromEntries(Object.entries(others).filter(([name]) => !isAbove(name)));
  const later = Object.keys(rest).filter((name) => name in LATER);
  const read = pack.safeParse(isMap ? Object.fromEntries(Object.entries(rest).filter(([name]) => !later.includes(name))) : content);
  const errors = [
    ...later.flatMap((name): FieldError[] => (LATER[name] ? [{ field: name, ...LATER[name] }] : [])),
    ...(read.success ? [] : read.error.issues.map((issue): FieldError => ({ field: issue.path.map(String).join(".") || "file", code: issue.code, message: issue.message }))),
  ];
  const templates = {
    ...readTemplates(below, said, { place: "templates", errors }),
    ...readTemplates(above, Object.fromEntries(Object.entries(others).filter(([name]) => isAbove(name))), { place: "", errors }),
  };
  if (read.success) {
    const choices = new Set([...read.data.roles.map(({ name }) => choiceName("roles", name)), ...read.data.menus.map(({ role }) => choiceName("menus", role)), ...Object.entries(templates).flatMap(([key, wishes]) => wishes.map(({ name }) => choiceName(key, name)))]);
    errors.push(...[...without.entries()].filter(([, name]) => !choices.has(name)).map(([at, name]): FieldError => ({ field: `without.${at}`, code: "unknown", message: `${name} is none of ${[...choices].join(", ") || "nothing: all of this pack goes together"}` })));
  }
  if (errors.length > 0 || !read.success) throw invalid({ errors });
  return { ...read.data, templates, leftOut: new Set(without) };
}

/** Names of names of names are refused where they would grow without end. */
function contentOf(file: string): unknown {
  const document = parseDocument(file);
  try {
    if (document.errors.length === 0) return document.toJS({ maxAliasCount: 20 }) as unknown;
  } catch (error) {
    throw invalid({ errors: [{ field: "file", code: "invalid_format", message: error instanceof Error ? error.message : "cannot be read" }] });
  }
  throw invalid({ errors: document.errors.map(({ message }) => ({ field: "file", code: "invalid_format", message })) });
}

export const step = z.object({
  what: z.enum(["object", "field", "settings", "view", "role", "menu", "template", "records"]),
  /** same: is here as the pack has it; keep: is here otherwise, and stays; leave: was left out */
  action: z.enum(["create", "change", "same", "keep", "leave", "conflict"]),
  /** the object's key, the role's name, menus, or the list of templates */
  of: z.string(), key: z.string().nullable(),
  /** what is another value now and then; of objects and fields that are made, what they are called */
  changes: z.array(z.object({ name: z.string(), before: z.unknown(), after: z.unknown() })), note: z.string().nullable(),
}).meta({ id: "PackStep" });
export type Step = z.output<typeof step>;

export const packPlan = z.object({ pack: z.string(), version: z.int(), name: z.string(), nameEn: z.string(), installed: z.int().nullable(), steps: z.array(step) }).meta({ id: "PackPlan" });
export const packBody = z.object({ file: z.string().min(1).max(MAX_PACK), withDemo: z.boolean().optional(), without: z.array(z.string().max(120)).max(500).optional().meta({ description: "Roles, menus and templates to be left out: `coupons.满200减30`" }) });
export const applyBody = packBody.extend({ reason: reason.optional() });
export const packRun = z.object({ id: z.string(), pack: z.string(), version: z.int(), name: z.string(), steps: z.array(step), appliedAt: z.string(), rolledBackAt: z.string().nullable() }).meta({ id: "PackRun" });
const shippedPack = z.object({ pack: z.string(), version: z.int(), name: z.string(), nameEn: z.string(), about: z.string(), aboutEn: z.string(), file: z.string() }).meta({ id: "ShippedPack" });
export const packList = z.object({ shipped: z.array(shippedPack), runs: z.array(packRun) });
export const rollbackReply = z.object({ kept: z.array(z.string()) });
