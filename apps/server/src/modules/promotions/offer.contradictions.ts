import type { z } from "zod";
import type { OfferDefinition } from "./offer.definition.ts";

type Wrong = (field: string, message: string) => void;

/** Rules that can never apply, or say two things at once. Names each place. */
export function contradictions(offer: OfferDefinition, context: z.RefinementCtx): void {
  const wrong: Wrong = (field, message) =>
    context.addIssue({ code: "custom", path: field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)), message });
  ofTrigger(offer, wrong);
  ofScope(offer, wrong);
  ofLimits(offer, wrong);
  ofKind(offer, wrong);
}

function ofTrigger({ trigger, codes, level, kind }: OfferDefinition, wrong: Wrong): void {
  if (trigger === "code" && !codes) wrong("codes", "an offer by code needs codes");
  if (trigger === "auto" && codes) wrong("codes", "are for trigger code");
  if ((level === "delivery") !== (kind === "delivery-fee-off")) wrong("level", "delivery is the level of delivery-fee-off, and its only one");
}

function ofScope({ scope }: OfferDefinition, wrong: Wrong): void {
  if (!scope) return;
  if (scope.from && scope.until && isOver(scope.from, scope.until)) wrong("scope.until", "is not after from");
  for (const [at, slot] of (scope.timeSlots ?? []).entries()) {
    if (slot.from === slot.until) wrong(`scope.timeSlots.${at}.until`, "is the same as from");
  }
  for (const [list, excluded] of [["skus", "excludeSkus"], ["categories", "excludeCategories"], ["tags", "excludeTags"]] as const) {
    const out = new Set(scope[excluded]);
    const both = scope[list]?.filter((one) => out.has(one)) ?? [];
    if (both.length > 0) wrong(`scope.${excluded}`, `excludes what ${list} includes: ${both.slice(0, 3).join(", ")}`);
  }
}

/** Days are whole, so the same day twice is one day; the same instant twice is no time at all. */
function isOver(from: string, until: string): boolean {
  const isDay = from.length === 10 && until.length === 10;
  return isDay ? from > until : Date.parse(from) >= Date.parse(until);
}

function ofLimits({ limits, stacking }: OfferDefinition, wrong: Wrong): void {
  if (limits?.perMember && limits.total && limits.perMember > limits.total) wrong("limits.perMember", "is above the total");
  if (stacking?.exclusive && stacking.stackable) wrong("stacking.stackable", "an exclusive offer does not stack");
}

function ofKind(offer: OfferDefinition, wrong: Wrong): void {
  switch (offer.kind) {
    case "unit-off": case "delivery-fee-off": return eitherOr(offer, "", offer.kind === "delivery-fee-off", wrong);
    case "amount-off":
      if (offer.maxUnits && offer.per !== "unit") wrong("maxUnits", "counts with per unit only");
      if (offer.maxTimes && offer.per && offer.per !== "selection") wrong("maxTimes", "counts with per selection only");
      if (offer.maxTimes && !offer.threshold?.amountFen && !offer.threshold?.quantity) wrong("maxTimes", "every full threshold needs a threshold");
      return;
    case "ladder": return ofSteps(offer.steps, wrong);
    case "member-price": {
      const seen = new Set<string>();
      for (const [at, { sku }] of offer.prices.entries()) {
        if (seen.has(sku)) wrong(`prices.${at}.sku`, "is named twice");
        seen.add(sku);
      }
      return;
    }
    default: return;
  }
}

type Amounts = { amountFen?: number | null | undefined; percentOff?: number | null | undefined };

function eitherOr({ amountFen, percentOff }: Amounts, place: string, mayBeNeither: boolean, wrong: Wrong): void {
  const given = Number(amountFen != null) + Number(percentOff != null);
  if (given === 2) wrong(`${place}percentOff`, "give percentOff or amountFen, not both");
  if (given === 0 && !mayBeNeither) wrong(`${place}percentOff`, "give percentOff or amountFen");
}

type Step = Amounts & { atAmountFen?: number | null | undefined; atQuantity?: number | null | undefined };

function ofSteps(steps: readonly Step[], wrong: Wrong): void {
  for (const [at, step] of steps.entries()) {
    const place = `steps.${at}.`;
    eitherOr(step, place, false, wrong);
    if ((step.atAmountFen == null) === (step.atQuantity == null)) wrong(`${place}atAmountFen`, "give atAmountFen or atQuantity");
    const before = steps[at - 1];
    if (!before) continue;
    if (before.atAmountFen != null && step.atAmountFen != null && step.atAmountFen <= before.atAmountFen) wrong(`${place}atAmountFen`, "is not above the step before");
    if (before.atQuantity != null && step.atQuantity != null && step.atQuantity <= before.atQuantity) wrong(`${place}atQuantity`, "is not above the step before");
    if (before.amountFen != null && step.amountFen != null && step.amountFen < before.amountFen) wrong(`${place}amountFen`, "gives less than the step before");
    if (before.percentOff != null && step.percentOff != null && step.percentOff < before.percentOff) wrong(`${place}percentOff`, "gives less than the step before");
  }
}
