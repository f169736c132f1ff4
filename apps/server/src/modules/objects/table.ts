import type { Field } from "./definition.ts";
import { traitsOf, type SlotKind } from "./kind.ts";

/**
 * Where an object's values stand. A custom object's records are rows of `objects.record`; a core noun's stand in its own table, whose
 * `ext` and slots belong to this module, its other columns to the noun's; an order with own fields has a row beside its own for them.
 */
export interface Table {
  name: "objects.record" | "customers.member" | "commerce.product" | "commerce.order_custom";
  /** Besides the tenant: which rows are this object's, `$2` being its id. */
  isOwn: boolean;
  /** The column with the store whose staff see a row; none where the noun's module looks after that. */
  store: "store_id" | "home_store_id" | null;
  /** By which column its module and the world name a row. */
  key: "id" | "order_id";
  /** What the values are called on the wire, beside the noun's own. */
  wire: "fields" | "custom";
}

const records: Table = { name: "objects.record", isOwn: true, store: "store_id", key: "id", wire: "fields" };

/** Who may see and write own fields; `readScope` is what a key needs to see them. */
interface Rights {
  read: string;
  write: string;
  readScope: string;
}

interface Noun {
  name: string;
  name_en: string;
  can: Rights;
  table: Table;
}

export const nouns: Readonly<Record<string, Noun>> = {
  member: { name: "会员", name_en: "Member", can: { read: "members.read", write: "members.write", readScope: "members:read" }, table: { name: "customers.member", isOwn: false, store: "home_store_id", key: "id", wire: "custom" } },
  product: { name: "商品", name_en: "Product", can: { read: "products.manage", write: "products.manage", readScope: "products:write" }, table: { name: "commerce.product", isOwn: false, store: null, key: "id", wire: "custom" } },
  order: { name: "订单", name_en: "Order", can: { read: "orders.read", write: "orders.write", readScope: "orders:read" }, table: { name: "commerce.order_custom", isOwn: false, store: null, key: "order_id", wire: "custom" } },
};

/** The rows that are named so, as an array of the key's type. */
export const named = ({ key }: Table, parameter: string): string => `r.${key} = any(${parameter}::${key === "id" ? "uuid" : "text"}[])`;

export const rightsOf = (key: string): Rights => nouns[key]?.can ?? { read: "records.read", write: "records.write", readScope: "records:read" };
export const tableOf = (key: string): Table => nouns[key]?.table ?? records;

/** Puts a value among a statement's parameters. */
export type Bind = (value: unknown) => string;
/** A condition as SQL over a row `alias` that has the slots. */
export interface Write {
  (bind: Bind, alias: string): string;
  /** More rows fulfil it than a list ever counts. */
  isCommon?: boolean;
}

/** How many slots each bank has, as the migration made them. */
export const bank: Readonly<Record<SlotKind, number>> = { text: 8, number: 6, time: 4, reference: 4 };
export const slotsOf = (kind: SlotKind): string[] => Array.from({ length: bank[kind] }, (_, n) => `${kind}_${n + 1}`);

/** The fields whose terms stand in a row's `terms`, and what stands there: as with slots, the one expression for all who write. */
export const listedIds = (fields: readonly Field[]): string[] => fields.filter((field) => field.isListed && !field.isArchived).map((field) => field.id);
export const termsValue = (ext: string, ids: string): string => `objects.terms(${ext}, ${ids}::text[])`;

/** What a slot holds of a value: the one expression by which writes and the walk over existing records fill it. */
export function slotValue(field: Field, ext: string, id: string): string {
  const traits = traitsOf(field.kind);
  if (traits.isSealed) return `${ext} -> ${id}::text ->> 'digest'`;
  const text = `${ext} ->> ${id}::text`;
  if (field.kind === "boolean") return `case ${text} when 'true' then 1 when 'false' then 0 end`;
  switch (traits.slot) {
    case "number": return `(${text})::double precision`;
    case "time": return `(${text})::timestamptz`;
    case "reference": return `(${text})::uuid`;
    default: return text;
  }
}
