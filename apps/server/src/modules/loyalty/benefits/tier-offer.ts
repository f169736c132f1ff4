import { invalid } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { changeOffer, createOffer, getOffer, type OfferDefinition } from "../../promotions/index.ts";
import type { Benefit, BenefitBody } from "./benefits.schema.ts";

/** Which kind of offer keeps the promise of a benefit. */
const OFFER_KINDS: Partial<Record<Benefit["kind"], OfferDefinition["kind"]>> = { "free-delivery": "delivery-fee-off", "exclusive-price": "member-price" };

export const isOfOffer = (kind: Benefit["kind"]): boolean => kind in OFFER_KINDS;

type Promised = Pick<BenefitBody, "name" | "kind" | "tierIds" | "state" | "offerId">;

/**
 * Keeps the offer in step with its benefit: of the same tiers, in force while the benefit is. Free delivery brings an offer of its
 * own when it is first in force; prices are written in an offer, which the benefit names. Returns the offer's id.
 */
export async function keepOffer(scope: Scope, benefit: Promised, before?: Pick<Benefit, "state" | "offerId">): Promise<string | null> {
  const { name, kind, tierIds, state } = benefit;
  const offerId = benefit.offerId ?? before?.offerId ?? null;
  const offerKind = OFFER_KINDS[kind];
  if (!offerKind) return null;
  if (offerId === null) {
    if (state !== "live") return null;
    const definition: OfferDefinition = { kind: "delivery-fee-off", trigger: "auto", level: "delivery", scope: { tiers: tierIds } };
    return (await createOffer(scope, { name, state, definition })).id;
  }
  const offer = await getOffer(scope, offerId);
  if (offer.kind !== offerKind) throw invalid({ errors: [{ field: "offerId", code: "other-kind", message: `is no offer of kind ${offerKind}` }] });
  if (state === "live") {
    const definition = offer.definition as OfferDefinition;
    await changeOffer(scope, offerId, { state, definition: { ...definition, scope: { ...definition.scope, tiers: tierIds } } });
  } else if (before?.state === "live" && offer.state === "live") {
    await changeOffer(scope, offerId, { state: "paused" });
  }
  return offerId;
}
