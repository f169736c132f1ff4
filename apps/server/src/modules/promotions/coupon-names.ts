import type { NameOf, Offer } from "@shuke/offers";
import type { Scope } from "../../kernel/scope.ts";
import { findStore } from "../org/index.ts";

/** A sentence names so many stores and counts the others. */
const MAX_NAMED = 3;

/** Names for the sentences of these coupons. Tiers belong to a module above this one: who may use it is told by the till and the app. */
export async function namesFor(scope: Scope, offers: readonly Offer[]): Promise<NameOf> {
  const stores = new Map<string, string | undefined>();
  for (const offer of offers) {
    for (const id of (offer.scope?.stores ?? []).slice(0, MAX_NAMED)) {
      if (!stores.has(id)) stores.set(id, (await findStore(scope, id))?.name);
    }
  }
  return (kind, id) => (kind === "store" ? stores.get(id) : kind === "tier" ? "指定等级" : undefined);
}
