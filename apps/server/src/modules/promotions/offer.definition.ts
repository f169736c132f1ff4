import { check, type Offer } from "@shuke/offers";
import { z } from "zod";
import { zodCheck } from "../../kernel/http/shape.ts";
import { fen, text } from "../../kernel/http/wire.ts";
import type { FieldError } from "../../kernel/problem.ts";
import { percent } from "./percent.ts";

const MAX_NAMES = 1_000;
/** A chain's whole assortment, pasted. */
const MAX_SKUS = 10_000;
const MAX_PARTS = 20;
const MAX_UNITS = 10_000;

/** An empty list would select nothing at all, which nobody means: leave it out instead. */
const names = z.array(text(100)).min(1).max(MAX_NAMES).nullish();
const skus = z.array(text(64)).min(1).max(MAX_SKUS).nullish();
const units = z.int().min(1).max(MAX_UNITS);
const money = fen.min(1);
const timeOfDay = z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$|^24:00$/, "must be a time of day, HH:MM");
const dayOrInstant = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);

const selector = {
  skus, categories: names, tags: names, excludeSkus: skus, excludeCategories: names, excludeTags: names,
  minLineQuantity: units.nullish(), undiscountedOnly: z.boolean().nullish(),
};
/** The parts have names, so that the published document says them once and not with every kind of offer. */
export const itemSelector = z.strictObject(selector).meta({ id: "OfferItems" });

export const audienceFields = {
  stores: names, channels: names, tiers: names, segments: names,
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).nullish(),
  timeSlots: z.array(z.strictObject({ from: timeOfDay, until: timeOfDay })).min(1).max(10).nullish(),
  from: dayOrInstant.nullish(), until: dayOrInstant.nullish(), firstOrder: z.boolean().nullish(),
};

const offerScope = z.strictObject({ ...selector, ...audienceFields }).meta({ id: "OfferScope" });

const offerThreshold = z.strictObject({
  amountFen: fen.nullish(), quantity: z.int().min(0).max(MAX_UNITS).nullish(), basis: z.enum(["remaining", "gross"]).nullish(), of: z.enum(["items", "order"]).nullish(),
}).meta({ id: "OfferThreshold" });
const offerRequirement = z.strictObject({ items: itemSelector, quantity: units.nullish(), amountFen: money.nullish() }).meta({ id: "OfferRequirement" });
const offerStacking = z.strictObject({ group: text(40).nullish(), exclusive: z.boolean().nullish(), stackable: z.boolean().nullish() }).meta({ id: "OfferStacking" });
const offerLimits = z.strictObject({ perMember: units.nullish(), total: z.int().min(1).max(100_000_000).nullish(), perOrder: units.nullish() }).meta({ id: "OfferLimits" });

const common = {
  trigger: z.enum(["auto", "code"]).default("auto"),
  level: z.enum(["line", "category", "order", "delivery"]),
  codes: z.array(text(40)).min(1).max(1_000).nullish(),
  threshold: offerThreshold.nullish(),
  requires: z.array(offerRequirement).max(MAX_PARTS).nullish(),
  scope: offerScope.nullish(),
  capFen: money.nullish(),
  stacking: offerStacking.nullish(),
  limits: offerLimits.nullish(),
};

const kinds = [
  z.strictObject({ kind: z.literal("amount-off"), ...common, amountFen: money, per: z.enum(["selection", "line", "unit"]).nullish(), maxUnits: units.nullish(), maxTimes: units.nullish() }),
  z.strictObject({ kind: z.literal("percent-off"), ...common, percentOff: percent, maxUnits: units.nullish() }),
  z.strictObject({ kind: z.literal("exchange"), ...common, get: itemSelector, priceFen: fen, quantity: units.nullish() }),
  z.strictObject({ kind: z.literal("member-price"), ...common, prices: z.array(z.strictObject({ sku: text(64), priceFen: fen })).min(1).max(MAX_SKUS) }),
  z.strictObject({ kind: z.literal("unit-off"), ...common, pick: z.enum(["cheapest", "dearest"]), units: units.nullish(), percentOff: percent.nullish(), amountFen: money.nullish() }),
  z.strictObject({
    kind: z.literal("buy-get"), ...common, buyQuantity: units, getQuantity: units, get: itemSelector.nullish(), percentOff: percent.nullish(),
    pick: z.enum(["cheapest", "dearest"]).nullish(), maxTimes: units.nullish(), whole: z.boolean().nullish(),
  }),
  z.strictObject({
    kind: z.literal("gift"), ...common, gifts: z.array(z.strictObject({ sku: text(64), name: text(200), quantity: units })).min(1).max(MAX_PARTS),
    everyQuantity: units.nullish(), maxTimes: units.nullish(),
  }),
  z.strictObject({
    kind: z.literal("bundle-price"), ...common, parts: z.array(z.strictObject({ items: itemSelector, quantity: units })).min(1).max(MAX_PARTS), priceFen: fen, maxTimes: units.nullish(),
  }),
  z.strictObject({
    kind: z.literal("ladder"), ...common, steps: z.array(z.strictObject({
      atAmountFen: money.nullish(), atQuantity: units.nullish(), amountFen: money.nullish(), percentOff: percent.nullish(),
    })).min(1).max(MAX_PARTS),
  }),
  z.strictObject({ kind: z.literal("delivery-fee-off"), ...common, feeKinds: names, percentOff: percent.nullish(), amountFen: money.nullish() }),
  z.strictObject({ kind: z.literal("next-order-coupon"), ...common, templateId: z.uuid(), count: z.int().min(1).max(10).nullish() }),
] as const;

type Shape = z.output<z.ZodDiscriminatedUnion<typeof kinds>>;

/** The offer engine's tree as staff and integrators write it: everything but id, name and priority, which the row has. A draft may contradict itself. */
export const offerShape = z.discriminatedUnion("kind", kinds).meta({ id: "OfferDefinition" });
export type OfferDefinition = Shape;

/** Why this cannot be in force: every field that is wrong, and every contradiction. Fields begin with `place`. */
export function conflictsOf(definition: unknown, place = "definition"): FieldError[] {
  const errors: FieldError[] = [];
  const read = zodCheck(offerShape)(definition, place, errors) as OfferDefinition | undefined;
  const at = (field: string): string => [place, field].filter(Boolean).join(".");
  if (read) for (const { code, fields: [field, against], message } of check(engineOffer(read, { id: "", name: "", priority: 0 }), "en")) errors.push({ field: at(field), code, message: `${message} (${at(against)})` });
  return errors;
}

/** For the engine. */
export const engineOffer = (definition: OfferDefinition, row: { id: string; name: string; priority: number }): Offer =>
  ({ ...definition, id: row.id, name: row.name, priority: row.priority });
