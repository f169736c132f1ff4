import type { RuleSet } from "@shuke/offers";
import { api } from "../../../../api/client.ts";
import type { Product } from "../../product.ts";
import { find, keep } from "./drawer.ts";

export interface Pack {
  key: string;
  storeId: string;
  serverAt: string;
  /** The server's clock less this till's, when the pack was fetched. */
  skewMs: number;
  ruleVersion: number;
  rules: RuleSet;
  keys: { id: string; publicKey: string }[];
  products: { sku: string; barcode: string | null; name: string; letters: string; category: string | null; unitPriceFen: number }[];
}

const kept = new Map<string, Pack>();

/** Fetches what this store's till needs without network, and keeps it. */
export async function refreshPack(storeId: string): Promise<void> {
  const pack = await api.get<Omit<Pack, "key" | "skewMs">>("/till-pack", { storeId });
  const mine: Pack = { ...pack, key: storeId, skewMs: new Date(pack.serverAt).getTime() - Date.now() };
  kept.set(storeId, mine);
  await keep("packs", mine);
}

export async function packOf(storeId: string): Promise<Pack | undefined> {
  const known = kept.get(storeId) ?? (await find<Pack>("packs", storeId));
  if (known) kept.set(storeId, known);
  return known;
}

/** By the server's clock, as far as this till knows it. */
export const packNow = (pack: Pack): number => Date.now() + pack.skewMs;

export function findProducts(pack: Pack, text: string): Product[] {
  const query = text.toLowerCase();
  const exact = pack.products.filter((one) => one.barcode === text || one.sku.toLowerCase() === query);
  const found = exact.length > 0 ? exact : pack.products.filter((one) => one.name.includes(text) || one.letters.includes(query));
  return found.slice(0, 8).map((one) => ({ id: one.sku, sku: one.sku, barcode: one.barcode, name: one.name, category: one.category, unitPriceFen: one.unitPriceFen, isActive: true }));
}
