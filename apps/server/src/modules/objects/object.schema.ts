import { z } from "zod";
import { reason, text } from "../../kernel/http/wire.ts";
import { reservedWords } from "./formula.ts";
import { kindNames } from "./kind.ts";

const KEY = /^[a-z][a-z0-9_]{0,39}$/;
export const objectKey = z.string().regex(KEY, "small letters, digits and underscores, beginning with a letter, at most 40");
const fieldKey = objectKey.refine((key) => !reservedWords.has(key), "is a word of formulas");
const name = text(60);
const nameEn = z.string().trim().max(60);
export const MAX_OPTIONS = 200;
const MAX_RULES = 50;

const option = z.object({ key: objectKey, name, nameEn: nameEn.optional(), color: z.string().regex(/^#[0-9A-Fa-f]{6}$/).optional(), isRetired: z.boolean().optional() }).meta({ id: "FieldOption" });
const limit = z.number().min(-1e15).max(1e15).optional();
const settings = z.object({
  maxLength: z.int().min(1).max(20_000).optional(), min: limit, max: limit, decimals: z.int().min(0).max(6).optional(),
  options: z.array(option).max(MAX_OPTIONS).refine((all) => new Set(all.map((one) => one.key)).size === all.length, "has one key twice").optional(),
  /** the object that a reference points to */
  target: objectKey.optional(), isMany: z.boolean().optional(),
  /** of a formula: names other fields by their keys */
  expression: z.string().max(1_000).optional(),
  prefix: z.string().max(20).optional(), digits: z.int().min(1).max(12).optional(),
  /** of files: how large each may be, and whether they are pictures */
  maxMb: z.int().min(1).max(10).optional(), onlyImages: z.boolean().optional(),
}).meta({ id: "FieldSettings" });

export const newField = z.object({
  key: fieldKey, kind: z.enum(kindNames), name, nameEn: nameEn.optional(), hint: z.string().trim().max(200).optional(), settings: settings.optional(),
  isRequired: z.boolean().optional(), requiredFrom: objectKey.nullable().optional(), isUnique: z.boolean().optional(),
  /** of a text: lists ask what it contains, and the search box finds by it */
  isSearchable: z.boolean().optional(),
  /** gives it a slot at once; later that is `:promote` */
  isFilterable: z.boolean().optional(), position: z.int().min(0).max(10_000).optional(),
}).meta({ id: "NewField" });
export type NewField = z.output<typeof newField>;
export const fieldPatch = newField.omit({ kind: true, isFilterable: true }).partial();
export type FieldPatch = z.output<typeof fieldPatch>;

const fill = z.object({ state: z.enum(["running", "failed"]), looked: z.int(), duplicates: z.array(z.string()) });
export const fieldView = z.object({
  id: z.string(), key: z.string(), kind: z.enum(kindNames), name: z.string(), nameEn: z.string(), hint: z.string(),
  settings: settings.extend({ result: z.enum(["text", "number", "boolean"]).optional() }), isRequired: z.boolean(), requiredFrom: z.string().nullable(), isUnique: z.boolean(), isSearchable: z.boolean(),
  /** whether lists can be filtered and sorted by it */
  filterable: z.enum(["never", "no", "filling", "yes"]), isSortable: z.boolean(), operators: z.array(z.string()), isArchived: z.boolean(),
  /** what the caller may do with it; those that are kept from the caller are not here */
  access: z.enum(["read", "write"]),
  /** the walk over existing records for a slot, or for allowing each value once */
  fills: z.object({ slot: fill.optional(), unique: fill.optional(), terms: fill.optional() }),
}).meta({ id: "Field" });

export const rule = z.object({ expression: z.string().trim().min(1).max(1_000), message: text(200), field: objectKey.optional() }).meta({ id: "ObjectRule" });
export const newObject = z.object({ key: objectKey, name, nameEn: nameEn.optional(), titleName: name.optional() });
export type NewObject = z.output<typeof newObject>;
export const objectPatch = z.object({
  name: name.optional(), nameEn: nameEn.optional(), titleField: objectKey.optional(), stageField: objectKey.nullable().optional(), rules: z.array(rule).max(MAX_RULES).optional(),
});
export type ObjectPatch = z.output<typeof objectPatch>;

export const objectView = z.object({
  key: z.string(), name: z.string(), nameEn: z.string(), isBuiltIn: z.boolean(), isArchived: z.boolean(), archiveReason: z.string().nullable(),
  titleField: z.string().nullable(), stageField: z.string().nullable(), rules: z.array(rule.extend({ expression: z.string() })),
  /** how pages and forms are laid out for the caller; fields that no section names stand after them */
  sections: z.array(z.object({ name: z.string(), nameEn: z.string(), fields: z.array(z.string()) })), fields: z.array(fieldView),
}).meta({ id: "CustomObject" });
export const objectList = z.object({ items: z.array(objectView) });
export const objectParams = z.object({ key: z.string().max(64) });
export const fieldParams = z.object({ id: z.string().max(64) });
export const reasonBody = z.object({ reason });
