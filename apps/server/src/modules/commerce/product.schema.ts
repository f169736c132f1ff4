import { z } from "zod";
import { fen, id, instant, pageOf, pageQuery, text } from "../../kernel/http/wire.ts";
import { customValues, filterText, sortText } from "../objects/index.ts";

const MAX_BATCH = 1_000;

export const sku = z.string().trim().min(1).max(64).regex(/^[^\p{Cc}]+$/u, "must not hold line breaks or control characters");
const barcode = z.string().trim().regex(/^[A-Za-z0-9-]{4,32}$/, "4 to 32 letters, digits and dashes");
const category = text(100);

const fields = {
  name: text(200),
  barcode: barcode.nullish(),
  category: category.nullish(),
  unitPriceFen: fen,
  /** own fields of the tenant, by key; what is left out stays, null empties */
  custom: customValues.optional(),
};

export const productReply = z.object({
  id, sku: z.string(), barcode: z.string().nullable(), name: z.string(), category: z.string().nullable(), unitPriceFen: fen, isActive: z.boolean(),
  updatedAt: instant, custom: customValues, customReferences: z.record(z.string(), z.string()),
}).meta({ id: "Product" });
export type ProductWire = z.input<typeof productReply>;

export const newProduct = z.object({ sku, ...fields, isActive: z.boolean().default(true) });
export type NewProduct = z.output<typeof newProduct>;

export const productChange = z.object({ ...fields, isActive: z.boolean() }).partial();
export type ProductChange = z.output<typeof productChange>;

export const productQuery = pageQuery.extend({
  q: z.string().trim().max(64).optional(), barcode: z.string().trim().max(32).optional(), isActive: z.stringbool().optional(), filter: filterText, sort: sortText,
});
export const productPage = pageOf(productReply);

/** SKUs to names and prices: what a rule that lists products shows of them. */
export const productResolve = z.object({ skus: z.array(text(64)).min(1).max(MAX_BATCH) });
export const productsResolved = z.object({ items: z.array(productReply) });

/** What is left out stays as it is. */
export const productBatch = z.object({
  products: z.array(z.object({ sku, ...fields, isActive: z.boolean().optional() })).min(1).max(MAX_BATCH),
});
export type ProductLine = z.output<typeof productBatch>["products"][number];

export const productOutcomes = z.object({
  outcomes: z.array(z.object({ sku: z.string(), id, outcome: z.enum(["created", "updated", "unchanged"]) })),
});
export type ProductOutcome = z.input<typeof productOutcomes>["outcomes"][number];
