import { sentence, type Language, type Offer } from "@shuke/offers";
import type { Fen } from "../../kernel/money.ts";
import type { TemplateBody, Validity } from "./coupon-template.schema.ts";

/** Coupons of one group do not add up in one order: the best for the member counts. */
const COUPON_GROUP = "coupon";

/** What a coupon gives, apart from when, how many and to whom. */
export interface CouponTerms {
  kind: TemplateBody["kind"];
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

type Terms = Pick<TemplateBody, "kind" | "amountFen" | "percentOff" | "capFen" | "thresholdFen" | "exchange" | "storeIds" | "categories" | "channels" | "isStackable">;

type Base = Pick<Offer, "id" | "name" | "trigger" | "level" | "threshold" | "scope" | "stacking" | "limits">;

const some = <T>(list: readonly T[]): readonly T[] | null => (list.length > 0 ? list : null);

/** The terms as the offer engine computes them. Limited to categories, the discount stays on their lines. */
export function offerOf(templateId: string, name: string, terms: Terms): Offer {
  const base: Base = {
    id: templateId, name, trigger: "coupon", level: terms.categories.length > 0 ? "category" : "order",
    threshold: terms.thresholdFen > 0 ? { amountFen: terms.thresholdFen } : null,
    scope: { stores: some(terms.storeIds), channels: some(terms.channels), categories: some(terms.categories) },
    stacking: terms.isStackable ? null : { group: COUPON_GROUP },
    limits: { perOrder: 1 },
  };
  switch (terms.kind) {
    case "amount-off": return { ...base, kind: "amount-off", amountFen: terms.amountFen ?? 0 };
    case "percent-off": return { ...base, kind: "percent-off", percentOff: terms.percentOff ?? 0, capFen: terms.capFen ?? null };
    case "exchange": return { ...base, kind: "exchange", level: "line", get: { skus: [terms.exchange?.sku ?? ""] }, priceFen: 0, quantity: 1 };
  }
}

/** The other way round, for screens. */
export function termsOf(offer: Offer): CouponTerms {
  return {
    kind: offer.kind === "percent-off" || offer.kind === "exchange" ? offer.kind : "amount-off",
    amountFen: offer.kind === "amount-off" ? offer.amountFen : null,
    percentOff: offer.kind === "percent-off" ? offer.percentOff : null,
    capFen: offer.capFen ?? null,
    thresholdFen: offer.threshold?.amountFen ?? 0,
    exchange: offer.kind === "exchange" ? { sku: offer.get.skus?.[0] ?? "" } : null,
    storeIds: [...(offer.scope?.stores ?? [])], categories: [...(offer.scope?.categories ?? [])], channels: [...(offer.scope?.channels ?? [])],
    isStackable: offer.stacking?.group !== COUPON_GROUP,
  };
}

/** The coupon in one sentence, with its term of validity where that is still open. */
export function couponSentence(offer: Offer, language: Language, validity?: Validity): string {
  const rule = sentence(offer, language);
  if (!validity) return rule;
  const isZh = language === "zh-CN";
  if (validity.kind === "days") return isZh ? `${rule}，领取后${validity.days}天内有效` : `${rule}; valid for ${validity.days} days`;
  return isZh ? `${rule}，${validity.from}至${validity.until}有效` : `${rule}; valid ${validity.from} to ${validity.until}`;
}
