import { notFound, problem, invalid, type FieldError } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { saveRecords } from "../objects/index.ts";
import { audit } from "../platform/index.ts";
import type { NewProduct, ProductChange, ProductLine, ProductOutcome, ProductWire } from "./product.schema.ts";
import { productSpelling } from "./product.spelling.ts";
import { getProduct, productView, type ProductRow } from "./product.view.ts";

export const skuTaken = problem("commerce/sku-taken", 409, "A product has this SKU already");

export async function addProduct(scope: Scope, draft: NewProduct): Promise<ProductWire> {
  const [outcome] = await upsertProducts(scope, [draft], () => "");
  // Of two people adding the same SKU at once one waits for the other's row and finds it here.
  if (outcome?.outcome !== "created") throw skuTaken({ errors: [{ field: "sku", code: "taken", message: "is taken" }] });
  return getProduct(scope, outcome.id);
}

export async function changeProduct(scope: Scope, productId: string, change: ProductChange): Promise<ProductWire> {
  const row = await scope.tx.db.selectFrom("commerce.product").selectAll().where("id", "=", productId).forUpdate().executeTakeFirst();
  if (!row) throw notFound({ detail: "No such product" });
  await upsertProducts(scope, [{
    sku: row.sku, name: change.name ?? row.name, unitPriceFen: change.unitPriceFen ?? row.price_fen, barcode: change.barcode,
    category: change.category, isActive: change.isActive, custom: change.custom,
  }], () => "");
  return getProduct(scope, productId);
}

/**
 * Takes over up to 1,000 products by SKU with two statements whatever their number; lines that change nothing write nothing.
 * Null takes a barcode or category away, a field left out stays. `placeOf` says where a line stands, for what is refused.
 */
export async function upsertProducts(scope: Scope, lines: readonly ProductLine[], placeOf = (at: number) => `products.${at}.`): Promise<ProductOutcome[]> {
  refuseRepeats(lines);
  const known = await lockBySku(scope, lines.map((line) => line.sku));
  const written: ProductRow[] = [];
  const outcomes = lines.map((line): ProductOutcome => {
    const before = known.get(line.sku);
    const row = rowOf(scope, line, before);
    const outcome = !before ? "created" : isSame(row, before) ? "unchanged" : "updated";
    if (outcome !== "unchanged") written.push(row);
    return { sku: line.sku, id: row.id, outcome };
  });
  await writeProducts(scope, written);
  note(scope, written, known);
  const changed = await saveCustom(scope, lines, outcomes, placeOf);
  return outcomes.map((one) => (one.outcome === "unchanged" && changed.has(one.id) ? { ...one, outcome: "updated" } : one));
}

/** The own fields of those lines that have any: refused together with all, and which of them changed. */
async function saveCustom(scope: Scope, lines: readonly ProductLine[], outcomes: readonly ProductOutcome[], placeOf: (at: number) => string): Promise<Set<string>> {
  const given = lines.flatMap(({ custom }, at) => (custom ? [{ at, id: outcomes[at]?.id ?? "", fields: custom }] : []));
  if (given.length === 0) return new Set();
  const saved = await saveRecords(scope, "product", given);
  const errors = saved.flatMap((one, n) => one.errors.map((error) => ({ ...error, field: `${placeOf(given[n]?.at ?? 0)}${error.field}` })));
  if (errors.length > 0) throw invalid({ errors });
  return new Set(saved.filter((one) => one.outcome === "changed").map((one) => one.id));
}

function refuseRepeats(lines: readonly ProductLine[]): void {
  const seen = new Set<string>();
  const errors: FieldError[] = [];
  lines.forEach(({ sku }, at) => {
    if (seen.has(sku)) errors.push({ field: `products.${at}.sku`, code: "repeated", message: "another line of this batch has it" });
    seen.add(sku);
  });
  if (errors.length > 0) throw invalid({ errors });
}

/** In the order of SKUs, so that two batches wait for each other instead of deadlocking. */
async function lockBySku({ tx, tenantId }: Scope, skus: readonly string[]): Promise<Map<string, ProductRow>> {
  const rows = await tx.rows<ProductRow>(
    `select id, sku, barcode, name, name_pinyin, name_initials, category, price_fen, state, updated_at from commerce.product
      where tenant_id = $1 and sku = any($2::text[]) order by sku for update`, [tenantId, skus]);
  return new Map(rows.map((row) => [row.sku, row]));
}

function rowOf(scope: Scope, line: ProductLine, before: ProductRow | undefined): ProductRow {
  const spelling = before?.name === line.name ? { pinyin: before.name_pinyin, initials: before.name_initials } : productSpelling(line.name);
  return {
    id: before?.id ?? newId<"product">(scope), sku: line.sku, name: line.name, name_pinyin: spelling.pinyin, name_initials: spelling.initials,
    price_fen: line.unitPriceFen, barcode: line.barcode === undefined ? before?.barcode ?? null : line.barcode,
    category: line.category === undefined ? before?.category ?? null : line.category,
    state: line.isActive === undefined ? before?.state ?? "on-sale" : line.isActive ? "on-sale" : "off-sale", updated_at: scope.now,
  };
}

const isSame = (a: ProductRow, b: ProductRow): boolean =>
  a.name === b.name && a.barcode === b.barcode && a.category === b.category && a.price_fen === b.price_fen && a.state === b.state;

/** Somebody who added the same SKU at this moment wins: then this transaction is run again, and finds it. */
async function writeProducts({ tx, tenantId, now }: Scope, products: readonly ProductRow[]): Promise<void> {
  if (products.length === 0) return;
  const rows = products.toSorted((a, b) => (a.sku < b.sku ? -1 : 1));
  const done = await tx.rows<{ id: string }>(
    `insert into commerce.product as p (tenant_id, id, sku, barcode, name, name_pinyin, name_initials, category, price_fen, state, updated_at)
     select $1, id, sku, barcode, name, name_pinyin, name_initials, category, price_fen, state, $2
       from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::text[])
         as v(id, sku, barcode, name, name_pinyin, name_initials, category, price_fen, state)
     on conflict (tenant_id, sku) do update set
       barcode = excluded.barcode, name = excluded.name, name_pinyin = excluded.name_pinyin, name_initials = excluded.name_initials,
       category = excluded.category, price_fen = excluded.price_fen, state = excluded.state, updated_at = excluded.updated_at
      where p.id = excluded.id
     returning id`,
    [tenantId, now, rows.map((row) => row.id), rows.map((row) => row.sku), rows.map((row) => row.barcode), rows.map((row) => row.name),
      rows.map((row) => row.name_pinyin), rows.map((row) => row.name_initials), rows.map((row) => row.category), rows.map((row) => row.price_fen),
      rows.map((row) => row.state)]);
  // Carries the state of a serialization failure, on which `inScope` runs the transaction again.
  if (done.length < rows.length) throw Object.assign(new Error("Somebody added the same SKU at the same moment"), { code: "40001" });
}

/** One change by a person is kept with before and after; a batch only with its size. */
function note(scope: Scope, written: readonly ProductRow[], known: ReadonlyMap<string, ProductRow>): void {
  const [row] = written;
  if (!row) return;
  const before = known.get(row.sku);
  audit(scope, written.length === 1
    ? { action: before ? "product.change" : "product.add", subjectKind: "product", subjectId: row.id, before: before && productView(before), after: productView(row) }
    : { action: "product.import", subjectKind: "batch", subjectId: newId(scope), after: { written: written.length } });
}
