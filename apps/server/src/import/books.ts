import type { Api } from "./api.ts";
import { EXACT_PER_FEN } from "./row.ts";
import type { Survey } from "./survey.ts";

const BATCH = 1_000;
const MAX_PRODUCT_NAME = 200;

interface Outcomes {
  outcomes: { outcome: string; errors?: { field: string; message: string }[] }[];
}

/** How many of each outcome. */
export type Tally = Record<string, number>;

export interface BookSettings {
  store: string;
  joinedAt(at: string): string;
}

/** Sends the customers, known by their number alone. */
export async function sendMembers(api: Api, survey: Survey, { store, joinedAt }: BookSettings): Promise<Tally> {
  const members = [...survey.customers].map(([customer, first]) => ({
    externalId: customer, name: customer, storeCode: store, ...(first ? { joinedAt: joinedAt(first) } : {}),
  }));
  return inBatches(members, (part) => api.post<Outcomes>("/v1/members:batch", { members: part }));
}

/** Sends every product code with the last name and price it was sold with. */
export async function sendProducts(api: Api, survey: Survey): Promise<Tally> {
  const products = [...survey.products].filter(([sku]) => sku !== "").map(([sku, { name, price }]) => ({
    sku, name: name.trim().slice(0, MAX_PRODUCT_NAME) || sku, unitPriceFen: Math.floor((price + EXACT_PER_FEN / 2) / EXACT_PER_FEN),
  }));
  return inBatches(products, (part) => api.post<Outcomes>("/v1/products:batch", { products: part }));
}

async function inBatches<Item>(items: readonly Item[], send: (part: Item[]) => Promise<Outcomes>): Promise<Tally> {
  const tally: Tally = {};
  for (let from = 0; from < items.length; from += BATCH) {
    const { outcomes } = await send(items.slice(from, from + BATCH));
    for (const { outcome, errors } of outcomes) {
      tally[outcome] = (tally[outcome] ?? 0) + 1;
      if (outcome === "refused") console.log(`  ! ${errors?.map((error) => `${error.field}: ${error.message}`).join("; ") ?? outcome}`);
    }
  }
  return tally;
}

/** As `GET /v1/orders:totals` answers. */
export interface ServerTotals {
  sales: { orders: number; lines: number; linesWithoutMember: number; netFen: number };
  memberSales: { orders: number; lines: number; members: number; netFen: number };
  returns: { orders: number; lines: number; linesWithoutMember: number; amountFen: number };
  netFen: number;
  members: number;
  skus: number;
  names: number;
  attributeValues: number;
  points: { earned: number; takenBack: number };
}

/** What the server says it holds for the days of the file. */
export const readTotals = (api: Api, from: string, to: string): Promise<ServerTotals> =>
  api.get<ServerTotals>(`/v1/orders:totals?from=${from.slice(0, 10)}&to=${to.slice(0, 10)}&source=ingest&attribute=country`);
