import type { NameOf, Offer } from "@shuke/offers";
import type { Scope } from "../../kernel/scope.ts";
import { findStore } from "../org/index.ts";

/** A sentence names so many of a kind and counts the others. */
const MAX_NAMED = 3;

/**
 * Names for the sentences of these coupons. Tiers and products belong to modules that stand above this one and use it, so only
 * their names are read, in one statement, and only where a coupon speaks of one.
 */
export async function namesFor(scope: Scope, offers: readonly Offer[]): Promise<NameOf> {
  const stores = new Map<string, string | undefined>();
  for (const id of offers.flatMap((offer) => (offer.scope?.stores ?? []).slice(0, MAX_NAMED))) {
    if (!stores.has(id)) stores.set(id, (await findStore(scope, id))?.name);
  }
  const [tiers, skus] = [offers.flatMap((offer) => offer.scope?.tiers ?? []), offers.flatMap(skusIn)];
  const rows = tiers.length + skus.length === 0 ? [] : await scope.tx.rows<{ id: string; name: string }>(
    `select id::text, name from loyalty.tier where tenant_id = $1 and id::text = any($2::text[])
     union all select sku, name from commerce.product where tenant_id = $1 and sku = any($3::text[])`, [scope.tenantId, tiers, skus]);
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return (kind, id) => (kind === "store" ? stores.get(id) : kind === "tier" || kind === "sku" ? names.get(id) : undefined);
}

/** Wherever a rule picks products: what it is for, what is bought, what is got. */
function skusIn(rule: unknown): string[] {
  if (rule === null || typeof rule !== "object") return [];
  return Object.entries(rule).flatMap(([key, value]) => (key === "skus" && Array.isArray(value) ? value.slice(0, MAX_NAMED).map(String) : skusIn(value)));
}
