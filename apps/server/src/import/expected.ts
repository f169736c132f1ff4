import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";

const shape = z.object({
  counts: z.object({
    rows: z.int(), distinct_invoices: z.int(), distinct_stock: z.int(), distinct_desc: z.int(), customers_all: z.int(), rows_null_customer: z.int(),
    countries: z.int(), rows_cancelled: z.int(), sum_qty_x_price_all: z.number(), rows_clean: z.int(), customers_clean: z.int(),
    invoices_clean: z.int(), revenue_clean: z.number(),
  }),
});
export type Expected = z.output<typeof shape>["counts"];

/** The published figures, when EXPECTED.json lies beside the file. */
export function readExpected(file: string): Expected | null {
  const path = join(dirname(file), "EXPECTED.json");
  return existsSync(path) ? shape.parse(JSON.parse(readFileSync(path, "utf8"))).counts : null;
}
