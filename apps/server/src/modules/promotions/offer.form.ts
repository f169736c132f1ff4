import type { Offer } from "@shuke/offers";
import type { OfferForm } from "./offer.schema.ts";

const some = <T>(list: readonly T[] | null | undefined): T[] | null => (list && list.length > 0 ? [...list] : null);

/** The form's fields as they are shown; of other kinds what they have in common with it. */
export function formOf(offer: Offer) {
  return {
    amountFen: offer.kind === "amount-off" ? offer.amountFen : null,
    percentOff: offer.kind === "percent-off" ? offer.percentOff : null,
    capFen: offer.capFen ?? null,
    thresholdFen: offer.threshold?.amountFen ?? 0,
    weekdays: [...(offer.scope?.weekdays ?? [])], tierIds: [...(offer.scope?.tiers ?? [])], storeIds: [...(offer.scope?.stores ?? [])],
    categories: [...(offer.scope?.categories ?? [])], channels: [...(offer.scope?.channels ?? [])],
    from: offer.scope?.from ?? null, until: offer.scope?.until ?? null,
    isStackable: offer.stacking?.stackable !== false && offer.stacking?.exclusive !== true,
  };
}

/** What the form says as an unchecked definition: limited to categories, the discount stays on their lines. */
export function definitionOf(form: OfferForm): Record<string, unknown> {
  const isPercent = form.kind === "percent-off";
  return {
    kind: form.kind, trigger: "auto", level: some(form.categories) ? "category" : "order",
    threshold: form.thresholdFen ? { amountFen: form.thresholdFen } : null,
    scope: {
      categories: some(form.categories), weekdays: some(form.weekdays), tiers: some(form.tierIds), stores: some(form.storeIds),
      channels: some(form.channels), from: form.from || null, until: form.until || null,
    },
    stacking: { stackable: form.isStackable ?? true },
    ...(isPercent ? { percentOff: form.percentOff, capFen: form.capFen ?? null } : { amountFen: form.amountFen }),
  };
}

/** Where a field of the form stands in the definition, to name it as the caller knows it. */
const PLACES: Readonly<Record<string, string>> = {
  "threshold.amountFen": "thresholdFen", "scope.weekdays": "weekdays", "scope.tiers": "tierIds", "scope.stores": "storeIds",
  "scope.categories": "categories", "scope.channels": "channels", "scope.from": "from", "scope.until": "until",
};

export const formField = (field: string): string => {
  const place = Object.keys(PLACES).find((one) => field === one || field.startsWith(`${one}.`));
  return place ? field.replace(place, PLACES[place] ?? place) : field;
};
