import type { Report } from "./check.ts";
import type { ItemSelector, Maybe, Offer } from "./offer.ts";

const LISTS = [["skus", "excludeSkus"], ["categories", "excludeCategories"], ["tags", "excludeTags"]] as const;

/** Scopes that select nothing, or take back what they select. */
export function checkItems(offer: Offer, report: Report): void {
  for (const [place, items] of selectorsOf(offer)) checkSelector(place, items, report);
  const { scope, threshold } = offer;
  for (const name of ["stores", "channels", "tiers", "segments"] as const) if (scope?.[name]?.length === 0) report("selects-nothing", `scope.${name}`, `scope.${name}`);
  // Any line that counts already holds more units than are asked for: one of the two numbers is a slip.
  if (scope?.minLineQuantity && threshold?.quantity && threshold.of !== "order" && scope.minLineQuantity > threshold.quantity) {
    report("line-below-threshold", "scope.minLineQuantity", "threshold.quantity");
  }
}

function selectorsOf(offer: Offer): [string, Maybe<ItemSelector>][] {
  const places: [string, Maybe<ItemSelector>][] = [["scope", offer.scope]];
  offer.requires?.forEach((need, at) => places.push([`requires.${at}.items`, need.items]));
  if (offer.kind === "exchange" || offer.kind === "buy-get") places.push(["get", offer.get]);
  if (offer.kind === "bundle-price") offer.parts.forEach((part, at) => places.push([`parts.${at}.items`, part.items]));
  return places;
}

function checkSelector(place: string, items: Maybe<ItemSelector>, report: Report): void {
  if (!items) return;
  const named = LISTS.filter(([list]) => items[list] != null);
  for (const [list] of named) if (items[list]!.length === 0) report("selects-nothing", `${place}.${list}`, `${place}.${list}`);
  for (const [list, excluded] of named) {
    const out = new Set(items[excluded] ?? []);
    const both = items[list]!.filter((one) => out.has(one)).length;
    if (both === 0) continue;
    // Other lists may still select something.
    report(both === items[list]!.length && named.length === 1 ? "excludes-everything" : "excludes-included", `${place}.${excluded}`, `${place}.${list}`);
  }
}
