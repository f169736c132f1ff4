import { z } from "zod";
import { id } from "../../kernel/http/wire.ts";
import { filterText } from "./record.schema.ts";

/** Fields by their keys, both filterable; `unit` is what dates and times are counted by; `measure` may also be a number that a noun has by itself (`Nouns`). */
export const summaryQuery = z.object({ by: z.string().max(40), unit: z.enum(["day", "month", "year"]).default("month"), measure: z.string().max(40).optional(), filter: filterText, storeId: id.optional() });
export type SummaryQuery = z.output<typeof summaryQuery>;

const figure = z.number().nullable();
/** of the rows that have a value of the measure: `measured` many */
const figures = z.object({ count: z.int(), measured: z.int(), sum: figure, average: figure, least: figure, most: figure }).meta({ id: "SummaryFigures" });
export const summary = z.object({
  /** the most frequent, or the latest; `key` null: nothing in the field */
  groups: z.array(figures.extend({ key: z.string().nullable(), title: z.string().nullable() }).meta({ id: "SummaryGroup" })), isCut: z.boolean(), total: figures,
}).meta({ id: "Summary" });
export type Summary = z.output<typeof summary>;
