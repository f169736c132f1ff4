import type { z } from "zod";
import type { FieldError } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { differingParts } from "./difference.ts";
import type { Step } from "./pack.schema.ts";

export interface Wish {
  name: string;
}
export interface Present extends Wish {
  id: string;
}

/**
 * What a pack brings for a module beside the objects, as a list under `templates` or at the top of the file; `app.ts` lists them, so that a module joins without
 * this one knowing it. What is missing is made; what is here stays as the brand has it.
 */
export interface PackSection<One extends Wish = Wish> {
  /** "tiers": its list in the file */
  key: string;
  isTopLevel?: boolean;
  /** Who may make one by hand. */
  can: string;
  wish: z.ZodType<One>;
  /** Of which object it speaks, by key: one that is here, or that the pack brings. */
  objectOf?(wish: One): string;
  /** What there is, in the words of a wish. */
  present(scope: Scope): Promise<Present[]>;
  /** Whether this is what the wish asks for; by name where it is left out. */
  isMeant?(wish: One, other: Wish): boolean;
  /** Which of these it cannot be beside, and for which field. */
  obstacle?(wish: One, others: readonly Wish[]): { other: Wish; field: string } | null;
  make(scope: Scope, wish: One): Promise<{ id: string }>;
  /** Takes away what was made at `madeAt`; false where it is in use or was touched: then it is ended as far as it can be, and stays. */
  unmake(scope: Scope, id: string, madeAt: Date): Promise<boolean>;
}

export type Sections = readonly PackSection[];
/** What a step that may be left out is called: "coupons.满200减30", "menus.收银员", "roles.订位专员". */
export const choiceName = (list: string, name: string): string => `${list}.${name}`;

export type Templates = Readonly<Record<string, readonly Wish[]>>;
const MAX_WISHES = 50;

const isMeant = (section: PackSection, wish: Wish, other: Wish): boolean => section.isMeant?.(wish, other) ?? wish.name === other.name;

/** What `templates`, or the top of a file, says for the sections, only as far as it says it; what is wrong goes to `errors`. */
export function readTemplates(sections: Sections, content: unknown, { place, errors }: { place: string; errors: FieldError[] }): Templates {
  const wrong = (field: string, code: string, message: string) => errors.push({ field: [place, field].filter(Boolean).join("."), code, message });
  if (content === undefined) return {};
  if (content === null || typeof content !== "object" || Array.isArray(content)) {
    wrong("", "invalid_type", "is a map of lists");
    return {};
  }
  return Object.fromEntries(Object.entries(content).map(([key, list]): [string, Wish[]] => {
    const section = sections.find((one) => one.key === key);
    if (!section) wrong(key, "unknown", `is none of ${sections.map((one) => one.key).join(", ")}`);
    else if (!Array.isArray(list) || list.length > MAX_WISHES) wrong(key, "invalid_type", `is a list of at most ${MAX_WISHES}`);
    else return [key, readWishes(section, list, wrong)];
    return [key, []];
  }));
}

function readWishes(section: PackSection, list: readonly unknown[], wrong: (field: string, code: string, message: string) => void): Wish[] {
  const wishes: Wish[] = [];
  for (const [at, said] of list.entries()) {
    const read = section.wish.safeParse(said);
    for (const issue of read.error?.issues ?? []) wrong([section.key, at, ...issue.path.map(String)].join("."), issue.code, issue.message);
    if (!read.success) continue;
    if (wishes.some((other) => other.name === read.data.name || isMeant(section, read.data, other))) wrong(`${section.key}.${at}`, "repeated", "is there twice");
    wishes.push(Object.fromEntries(Object.entries(read.data).filter(([name]) => Object.hasOwn(said as object, name))) as unknown as Wish);
  }
  return wishes;
}

const valueOf = (one: object, field: string): unknown => new Map<string, unknown>(Object.entries(one)).get(field) ?? null;

/** What is missing, what is here as the pack has it, and what is here otherwise and stays. */
export async function planTemplates(scope: Scope, sections: Sections, { templates, leftOut }: { templates: Templates; leftOut: ReadonlySet<string> }, isListed: (object: string) => boolean): Promise<Step[]> {
  const steps: Step[] = [];
  for (const section of sections) {
    const wishes = templates[section.key] ?? [];
    const there: Wish[] = wishes.length > 0 ? await section.present(scope) : [];
    for (const wish of wishes) {
      const step = { what: "template", of: section.key, key: wish.name, note: null } as const;
      if (leftOut.has(choiceName(section.key, wish.name))) {
        steps.push({ ...step, action: "leave", changes: [] });
        continue;
      }
      const object = section.objectOf?.(wish);
      if (object !== undefined && !isListed(object)) {
        steps.push({ ...step, action: "conflict", note: "no-object", changes: [{ name: "object", before: null, after: object }] });
        continue;
      }
      const now = there.find((one) => isMeant(section, wish, one));
      const against = now ? null : section.obstacle?.(wish, there);
      const changes = now ? differingParts(wish, now) : [];
      if (now) steps.push({ ...step, action: changes.length > 0 ? "keep" : "same", changes });
      else if (against) steps.push({ ...step, action: "conflict", note: against.other.name, changes: [{ name: against.field, before: valueOf(against.other, against.field), after: valueOf(wish, against.field) }] });
      else steps.push({ ...step, action: "create", changes: [] });
      if (!now) there.push(wish);
    }
  }
  return steps;
}
