import { canonical, sentence, type Language, type NameOf, type Offer } from "@shuke/offers";
import type { Fen } from "../../kernel/money.ts";
import type { CouponForm, Validity } from "./coupon-template.schema.ts";
import type { OfferDefinition } from "./offer.definition.ts";

/** Coupons of one group do not add up in one order: the best for the member counts. */
const COUPON_GROUP = "coupon";

/** What a coupon gives, as far as the short form can say it. */
export interface CouponTerms {
  kind: Offer["kind"];
  amountFen: Fen | null;
  percentOff: number | null;
  capFen: Fen | null;
  thresholdFen: Fen;
  exchange: { sku: string } | null;
  storeIds: string[];
  categories: string[];
  channels: string[];
  isStackable: boolean;
}

type Base = Pick<Offer, "id" | "name" | "trigger" | "level" | "threshold" | "scope" | "stacking" | "limits">;

const some = <T>(list: readonly T[]): readonly T[] | null => (list.length > 0 ? list : null);
const stackingOf = (isStackable: boolean) => (isStackable ? null : { group: COUPON_GROUP });

/** The short form as the offer engine computes it. Limited to categories, the discount stays on their lines. */
export function offerOf(templateId: string, name: string, form: CouponForm): Offer {
  const base: Base = {
    id: templateId, name, trigger: "coupon", level: form.categories.length > 0 ? "category" : "order",
    threshold: form.thresholdFen > 0 ? { amountFen: form.thresholdFen } : null,
    scope: { stores: some(form.storeIds), channels: some(form.channels), categories: some(form.categories) },
    stacking: stackingOf(form.isStackable),
    limits: { perOrder: 1 },
  };
  switch (form.kind) {
    case "percent-off": return { ...base, kind: "percent-off", percentOff: form.percentOff ?? 0, capFen: form.capFen ?? null };
    case "exchange": return { ...base, kind: "exchange", level: "line", get: { skus: [form.exchange?.sku ?? ""] }, priceFen: 0, quantity: 1 };
    default: return { ...base, kind: "amount-off", amountFen: form.amountFen ?? 0 };
  }
}

/** Any rule of the engine as a coupon: it needs the coupon in hand, and its limits are the template's. */
export function offerOfDefinition(templateId: string, name: string, definition: OfferDefinition, isStackable: boolean): Offer {
  const { group, ...stacking } = definition.stacking ?? {};
  return {
    ...definition, id: templateId, name, trigger: "coupon", codes: null, limits: { perOrder: definition.limits?.perOrder ?? 1 },
    stacking: { ...(group === COUPON_GROUP ? {} : { group }), ...stacking, ...stackingOf(isStackable) },
  } as Offer;
}

/** The rule without what every coupon has in common, for editors. */
export function definitionOf(offer: Offer): Record<string, unknown> {
  const { id: _, name: __, trigger: ___, codes: ____, priority: _____, ...definition } = offer;
  return definition;
}

/** The other way round, for screens. */
export function termsOf(offer: Offer): CouponTerms {
  return {
    kind: offer.kind,
    amountFen: offer.kind === "amount-off" ? offer.amountFen : null,
    percentOff: offer.kind === "percent-off" ? offer.percentOff : null,
    capFen: offer.capFen ?? null,
    thresholdFen: offer.threshold?.amountFen ?? 0,
    exchange: offer.kind === "exchange" ? { sku: offer.get.skus?.[0] ?? "" } : null,
    storeIds: [...(offer.scope?.stores ?? [])], categories: [...(offer.scope?.categories ?? [])], channels: [...(offer.scope?.channels ?? [])],
    isStackable: offer.stacking?.group !== COUPON_GROUP,
  };
}

/** Whether the short form says all there is to say. */
export function isShort(offer: Offer): boolean {
  const terms = termsOf(offer);
  if (terms.kind !== "amount-off" && terms.kind !== "percent-off" && terms.kind !== "exchange") return false;
  return isSameRule(offerOf(offer.id, offer.name, { ...terms, kind: terms.kind }), offer);
}

/** Whether two rules say the same. */
export const isSameRule = (one: Offer, other: Offer): boolean => said(one) === said(other);

/** Null, empty and absent mean the same in a definition. */
const said = (offer: Offer): string => canonical(withoutNothing(offer));

function withoutNothing(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, withoutNothing(one)] as const).filter(([, one]) => one !== null && one !== undefined);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** The coupon in one sentence, with its term of validity where that is still open. */
export function couponSentence(offer: Offer, language: Language, nameOf: NameOf, validity?: Validity): string {
  const rule = sentence(offer, language, nameOf);
  if (!validity) return rule;
  const isZh = language === "zh-CN";
  if (validity.kind === "days") return isZh ? `${rule}，领取后${validity.days}天内有效` : `${rule}; valid for ${validity.days} days`;
  return isZh ? `${rule}，${validity.from}至${validity.until}有效` : `${rule}; valid ${validity.from} to ${validity.until}`;
}
