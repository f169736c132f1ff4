import { uuidList } from "../../../kernel/db/array.ts";
import { audit } from "../../../kernel/audit.ts";
import type { Vault } from "../../../kernel/crypto/vault.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { skusInEarnRules } from "../../loyalty/index.ts";
import { dropCustom, referredTo, type CustomImport } from "../../objects/index.ts";
import { reasonFor, reasonOf, rowKey, type Entries, type Entry, type FieldValues, type ImportMapping, type JudgedEntry, type PreparedRow, type Recognised, type RowReason, type SavedEntry, type TypedRow } from "../../platform/index.ts";
import { skusInTerms } from "../../promotions/index.ts";
import { upsertProducts } from "../product.ts";
import { newProduct, type ProductLine } from "../product.schema.ts";
import { productView, type ProductRow } from "../product.view.ts";
import { productsBy } from "./reference.ts";

const shape = newProduct.omit({ custom: true }).extend({ isActive: newProduct.shape.isActive.unwrap() }).partial();
const KEYS = ["sku", "name", "category", "barcode", "unitPriceFen", "isActive"] as const;
/** A product is nothing without these. */
const REQUIRED = ["sku", "name", "unitPriceFen"] as const;

/** Products as an import takes them, own fields beside what all products have. */
export class ProductEntries implements Entries {
  readonly #vault: Vault;
  readonly #custom: CustomImport;
  readonly #mapping: ImportMapping;

  constructor(vault: Vault, custom: CustomImport, mapping: ImportMapping) {
    [this.#vault, this.#custom, this.#mapping] = [vault, custom, mapping];
  }

  prepare(row: TypedRow): PreparedRow {
    const { success, data, error } = shape.safeParse(Object.fromEntries(KEYS.flatMap((key) => (row.values[key] === undefined ? [] : [[key, row.values[key]]]))));
    if (!success) {
      const wrong = error.issues.map(({ path: [key = ""], code, message }) => reasonFor(String(key), code, String(row.values[String(key)] ?? "").slice(0, 60), message));
      return { ...row, reasons: [...row.reasons, ...wrong], keys: [] };
    }
    const name = this.#nameOf(data);
    return { ...row, values: { ...row.values, ...data }, keys: name ? [rowKey(this.#vault.digest(name.text, `commerce.import:${name.by}`))] : [] };
  }

  /** By what a row is known: its SKU, and only without one its barcode, which several products may share. */
  #nameOf(values: FieldValues): { by: "sku" | "barcode"; text: string } | undefined {
    const by = (["sku", "barcode"] as const).find((key) => values[key] !== undefined);
    return by && (by === "sku" || this.#mapping.identifyBy.includes(by)) ? { by, text: String(values[by]) } : undefined;
  }

  titleOf({ name, sku }: FieldValues): string {
    return String(name ?? sku ?? "");
  }

  async recognise(scope: Scope, rows: readonly PreparedRow[]): Promise<Recognised[]> {
    const names = rows.map(({ values }) => this.#nameOf(values));
    const textsBy = (by: "sku" | "barcode") => names.flatMap((name) => (name?.by === by ? name.text : []));
    const found = { sku: await productsBy(scope, "sku", textsBy("sku")), barcode: await productsBy(scope, "barcode", textsBy("barcode")) };
    return names.map((name): Recognised => {
      const meant = name && found[name.by].get(name.text);
      if (!name || !meant) return { reasons: [] };
      return { id: meant.id, reasons: meant.count > 1 ? [reasonFor(name.by, "ambiguous", `${name.text} ×${meant.count}`)] : [] };
    });
  }

  async judge(scope: Scope, entries: readonly Entry[]): Promise<JudgedEntry[]> {
    const current = await productRows(scope, entries.flatMap(({ id }) => id ?? []));
    const customs = await this.#custom.judge(scope, entries);
    return entries.map(({ id, values }, at) => {
      const now: FieldValues = id === undefined ? {} : builtInOf(current.get(id));
      const keys = KEYS.filter((key) => values[key] !== undefined && (values[key] ?? null) !== (now[key] ?? null));
      const missing = id === undefined ? REQUIRED.filter((key) => values[key] === undefined) : [];
      const own = customs[at] ?? { before: {}, after: {}, reasons: [] };
      return {
        before: { ...Object.fromEntries(keys.map((key) => [key, now[key] ?? null])), ...own.before }, after: { ...Object.fromEntries(keys.map((key) => [key, values[key]])), ...own.after },
        reasons: [...missing.map((key): RowReason => reasonFor(key, "required")), ...own.reasons],
      };
    });
  }

  async values(scope: Scope, ids: readonly string[]): Promise<Map<string, FieldValues>> {
    const [rows, customs] = [await productRows(scope, ids), await this.#custom.values(scope, ids)];
    return new Map([...rows].map(([id, row]) => [id, { ...builtInOf(row), ...customs.get(id) }]));
  }

  async lock({ tx, tenantId }: Scope, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await tx.rows("select 1 from commerce.product where tenant_id = $1 and id = any($2::uuid[]) order by sku for update", [tenantId, uuidList(ids)]);
  }

  async save(scope: Scope, entries: readonly Entry[]): Promise<SavedEntry[]> {
    const current = await productRows(scope, entries.flatMap(({ id }) => id ?? []));
    const taken = await productsBy(scope, "sku", entries.flatMap(({ id, values }) => (id === undefined ? String(values["sku"]) : [])));
    const isFree = ({ id, values }: Entry): boolean => id !== undefined || !taken.has(String(values["sku"]));
    const written = await upsertProducts(scope, entries.filter(isFree).map((entry) => lineOf(entry, current.get(entry.id ?? ""))), () => "");
    const saved = new Map(entries.filter(isFree).map((entry, at) => [entry, written[at]]));
    return entries.map((entry): SavedEntry => {
      const { id, outcome } = saved.get(entry) ?? {};
      if (id === undefined || outcome === undefined) return { id: "", outcome: "refused", reasons: [reasonFor("sku", "duplicate", String(entry.values["sku"]))] };
      return { id, outcome: outcome === "updated" ? "changed" : outcome, reasons: [] };
    });
  }

  explain = reasonOf;

  async staying(scope: Scope, made: ReadonlyMap<string, string>, freed: ReadonlySet<string>): Promise<Map<string, string>> {
    const rows = await productRows(scope, [...made.keys()]);
    const skus = [...rows.values()].map((row) => row.sku);
    const sold = await soldSince(scope, [...rows.values()]);
    const named = new Set(skus.length === 0 ? [] : [...await skusInTerms(scope, skus), ...await skusInEarnRules(scope, skus)]);
    const touched = [...made].flatMap(([id, stamp]): [string, string][] => {
      const row = rows.get(id);
      const why = !row ? "gone" : row.updated_at.toISOString() !== stamp ? "changed-since" : sold.has(row.sku) ? "used" : named.has(row.sku) ? "in-terms" : undefined;
      return why ? [[id, why]] : [];
    });
    return referredTo(scope, [...made.keys()], new Map(touched), freed);
  }

  async remove(scope: Scope, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await dropCustom(scope, ids);
    await scope.tx.rows("delete from commerce.product where tenant_id = $1 and id = any($2::uuid[])", [scope.tenantId, uuidList(ids)]);
    audit(scope, { action: "product.remove", subjectKind: "batch", subjectId: newId(scope), after: { removed: ids.length } });
  }
}

async function productRows({ tx, tenantId }: Scope, ids: readonly string[]): Promise<Map<string, ProductRow>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.rows<ProductRow>(
    "select id, sku, barcode, name, name_pinyin, name_initials, category, price_fen, state, updated_at from commerce.product where tenant_id = $1 and id = any($2::uuid[])", [tenantId, uuidList(ids)]);
  return new Map(rows.map((row) => [row.id, row]));
}

function builtInOf(row: ProductRow | undefined): FieldValues {
  if (!row) return {};
  const { sku, name, category, barcode, unitPriceFen, isActive } = productView(row);
  return { sku, name, category, barcode, unitPriceFen, isActive };
}

/** A line for taking over products, which says all that a product has to. */
function lineOf({ values }: Entry, now: ProductRow | undefined): ProductLine {
  const { sku, name, unitPriceFen } = { ...builtInOf(now), ...values };
  const custom = Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (key.startsWith("custom.") ? [[key.slice("custom.".length), value]] : [])));
  return {
    sku: String(sku), name: String(name), unitPriceFen: Number(unitPriceFen), barcode: values["barcode"] as string | null | undefined, category: values["category"] as string | null | undefined,
    isActive: values["isActive"] as boolean | undefined, ...(Object.keys(custom).length > 0 ? { custom } : {}),
  };
}

/** Which of them orders name since the first of them was made. */
async function soldSince({ tx, tenantId }: Scope, products: readonly ProductRow[]): Promise<Set<string>> {
  if (products.length === 0) return new Set();
  const since = new Date(Math.min(...products.map((row) => row.updated_at.getTime())));
  const rows = await tx.rows<{ sku: string }>(
    `select distinct l.sku from commerce."order" o join commerce.order_line l on l.tenant_id = $1 and l.order_id = o.id
      join unnest($3::text[]) as asked(sku) on asked.sku = l.sku where o.tenant_id = $1 and o.paid_at >= $2`,
    [tenantId, since, products.map((row) => row.sku)]);
  return new Set(rows.map((row) => row.sku));
}
