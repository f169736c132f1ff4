import type { Audience, ItemSelector, LadderStep, Offer } from "./offer.ts";
import { yuan } from "./reason.ts";
import type { Language } from "./reason.ts";

/** Turns ids into names: of stores, tiers, categories, products. What it does not know stays as it is. */
export type NameOf = (kind: "store" | "channel" | "tier" | "segment" | "sku" | "category" | "tag", id: string) => string | undefined;

/**
 * The rule as one sentence, e.g. 满100减20，每单限用1张，周一至周五 11:00–14:00，仅限堂食。
 * Words that depend on the merchant's own names come from `nameOf`.
 */
export function sentence(offer: Offer, language: Language = "zh-CN", nameOf: NameOf = () => undefined): string {
  const parts = language === "en" ? english(offer, nameOf) : chinese(offer, nameOf);
  return parts.filter((part) => part !== "").join(language === "en" ? "; " : "，");
}

const CHANNELS: Readonly<Record<string, readonly [string, string]>> = {
  "till": ["堂食", "dine-in"], "h5": ["网页下单", "web"], "mini-program": ["小程序", "mini program"], "takeaway": ["外卖", "takeaway"], "pos": ["收银机", "POS"], "retail": ["零售", "retail"],
};
const DAYS_ZH = ["", "周一", "周二", "周三", "周四", "周五", "周六", "周日"];
const DAYS_EN = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function chinese(offer: Offer, nameOf: NameOf): string[] {
  const { scope, threshold, limits, stacking, capFen } = offer;
  return [
    itemsZh(scope, nameOf) + coreZh(offer, nameOf),
    threshold?.basis === "gross" ? "按原价计算" : "",
    capFen != null ? `最多减${yuan(capFen)}元` : "",
    (offer.requires ?? []).map((need) => `需购买${selectorZh(need.items, nameOf)}${need.quantity ? `${need.quantity}件` : ""}`).join("，"),
    scope?.excludeSkus?.length || scope?.excludeCategories?.length || scope?.excludeTags?.length ? "部分商品除外" : "",
    offer.trigger === "coupon" ? `每单限用${limits?.perOrder ?? 1}张` : "",
    offer.trigger === "code" ? "凭优惠码" : "",
    limits?.perMember != null ? `每人限${limits.perMember}次` : "",
    limits?.total != null ? `共${limits.total}份` : "",
    ...audienceZh(scope, nameOf),
    stacking?.exclusive ? "不与其他优惠同享" : "",
  ];
}

function coreZh(offer: Offer, nameOf: NameOf): string {
  const reach = thresholdZh(offer);
  switch (offer.kind) {
    case "amount-off": {
      if (offer.per === "unit") return `${reach}每件减${yuan(offer.amountFen)}${offer.maxUnits ? `（限${offer.maxUnits}件）` : ""}`;
      if (offer.per === "line") return `${reach}每行减${yuan(offer.amountFen)}`;
      if (offer.maxTimes && offer.maxTimes > 1) return `每${reach}减${yuan(offer.amountFen)}，最多${offer.maxTimes}次`;
      return reach === "" ? `立减${yuan(offer.amountFen)}元` : `${reach}减${yuan(offer.amountFen)}`;
    }
    case "percent-off": return reach + (reach === "" ? "" : "享") + foldZh(offer.percentOff) + (offer.maxUnits ? `（限${offer.maxUnits}件）` : "");
    case "exchange": return `${reach}${offer.priceFen === 0 ? "免费兑换" : `加${yuan(offer.priceFen)}元换购`}${selectorZh(offer.get, nameOf)}×${offer.quantity ?? 1}`;
    case "member-price": return `${offer.prices.length}种商品享会员价`;
    case "unit-off": return `${reach}${offer.pick === "cheapest" ? "最低价" : "最高价"}的${offer.units ?? 1}件${offer.amountFen != null ? `减${yuan(offer.amountFen)}元` : foldZh(offer.percentOff ?? 100)}`;
    case "buy-get": return `买${offer.buyQuantity}件${offer.get ? `，${selectorZh(offer.get, nameOf)}` : ""}${giveZh(offer.getQuantity, offer.percentOff ?? 100)}`;
    case "gift": return `${offer.everyQuantity ? `每买${offer.everyQuantity}件` : reach}送${offer.gifts.map((one) => `${one.name}${one.quantity}份`).join("、")}`;
    case "bundle-price": return `${offer.parts.map((part) => `${selectorZh(part.items, nameOf)}${part.quantity}件`).join("＋")}套餐价${yuan(offer.priceFen)}元`;
    case "ladder": return offer.steps.map((step) => `满${stepAt(step, "件")}${step.amountFen != null ? `减${yuan(step.amountFen)}` : `享${foldZh(step.percentOff ?? 0)}`}`).join("、");
    case "delivery-fee-off": return `${reach}${offer.amountFen != null ? `配送费减${yuan(offer.amountFen)}元` : (offer.percentOff ?? 100) === 100 ? "免配送费" : `配送费${foldZh(offer.percentOff!)}`}`;
    case "next-order-coupon": return `${reach}下单返券${offer.count ?? 1}张`;
  }
}

function giveZh(quantity: number, percentOff: number): string {
  return percentOff === 100 ? `送${quantity}件` : `再买${quantity}件享${percentOff === 50 ? "半价" : foldZh(percentOff)}`;
}

/** 20 % off is 八折: the remaining tenths. */
function foldZh(percentOff: number): string {
  return percentOff === 100 ? "免费" : `${Number(((100 - percentOff) / 10).toFixed(3))}折`;
}

function thresholdZh({ threshold }: Offer): string {
  const parts = [threshold?.amountFen ? yuan(threshold.amountFen) : "", threshold?.quantity ? `${threshold.quantity}件` : ""].filter(Boolean);
  return parts.length ? `满${parts.join("且")}` : "";
}

function itemsZh(scope: ItemSelector | null | undefined, nameOf: NameOf): string {
  return scope?.skus || scope?.categories || scope?.tags ? selectorZh(scope, nameOf) : "";
}

function selectorZh(selector: ItemSelector, nameOf: NameOf): string {
  const names = namesOf(selector, nameOf);
  return names.length === 0 ? "任意商品" : names.length > 3 ? `${names.slice(0, 3).join("、")}等` : names.join("、");
}

function namesOf({ skus, categories, tags }: ItemSelector, nameOf: NameOf): string[] {
  return [
    ...(categories ?? []).map((id) => nameOf("category", id) ?? id), ...(tags ?? []).map((id) => nameOf("tag", id) ?? id),
    ...(skus ?? []).map((id) => nameOf("sku", id) ?? id),
  ];
}

function stepAt(step: LadderStep, unit: string): string {
  return step.atAmountFen != null ? yuan(step.atAmountFen) : `${step.atQuantity ?? 0}${unit}`;
}

function audienceZh(scope: Audience | null | undefined, nameOf: NameOf): string[] {
  if (!scope) return [];
  const slots = (scope.timeSlots ?? []).map((slot) => `${slot.from}–${slot.until}`).join("、");
  const days = daysText(scope.weekdays, DAYS_ZH, "至", "、");
  return [
    scope.from || scope.until ? `${scope.from ? day(scope.from) : ""}至${scope.until ? day(scope.until) : "长期"}` : "",
    [days, slots].filter(Boolean).join(" "),
    scope.channels?.length ? `仅限${scope.channels.map((id) => nameOf("channel", id) ?? CHANNELS[id]?.[0] ?? id).join("、")}` : "",
    scope.stores?.length ? (scope.stores.length > 3 ? `${scope.stores.length}家门店可用` : `${scope.stores.map((id) => nameOf("store", id) ?? id).join("、")}可用`) : "",
    scope.tiers?.length ? `限${scope.tiers.map((id) => nameOf("tier", id) ?? id).join("、")}会员` : "",
    scope.segments?.length ? `限${scope.segments.map((id) => nameOf("segment", id) ?? id).join("、")}` : "",
    scope.firstOrder ? "仅限首单" : "",
  ];
}

function english(offer: Offer, nameOf: NameOf): string[] {
  const { scope, threshold, limits, stacking, capFen } = offer;
  const items = scope?.skus || scope?.categories || scope?.tags ? ` on ${selectorEn(scope, nameOf)}` : "";
  return [
    coreEn(offer, nameOf) + items,
    threshold?.basis === "gross" ? "measured before discounts" : "",
    capFen != null ? `at most ¥${yuan(capFen)}` : "",
    (offer.requires ?? []).map((need) => `with ${need.quantity ?? 1} of ${selectorEn(need.items, nameOf)}`).join("; "),
    scope?.excludeSkus?.length || scope?.excludeCategories?.length || scope?.excludeTags?.length ? "some items excluded" : "",
    offer.trigger === "coupon" ? `${limits?.perOrder ?? 1} per order` : offer.trigger === "code" ? "with a code" : "",
    limits?.perMember != null ? `${limits.perMember} per member` : "",
    limits?.total != null ? `${limits.total} in total` : "",
    ...audienceEn(scope, nameOf),
    stacking?.exclusive ? "does not combine with other offers" : "",
  ];
}

function coreEn(offer: Offer, nameOf: NameOf): string {
  const over = thresholdEn(offer);
  switch (offer.kind) {
    case "amount-off": {
      const off = `¥${yuan(offer.amountFen)} off`;
      if (offer.per === "unit") return `${off} each${atMostEn(offer.maxUnits)}${over}`;
      if (offer.per === "line") return `${off} every line${over}`;
      return (offer.maxTimes ?? 1) > 1 ? `${off} for every${over.replace(/^ (over|from)/, "")}, at most ${offer.maxTimes} times` : off + over;
    }
    case "percent-off": return `${offer.percentOff}% off${atMostEn(offer.maxUnits)}${over}`;
    case "exchange": return `${(offer.quantity ?? 1) > 1 ? `${offer.quantity} × ` : ""}${selectorEn(offer.get, nameOf)} ${offer.priceFen === 0 ? "free" : `for ¥${yuan(offer.priceFen)}`}${over}`;
    case "member-price": return `Member price on ${offer.prices.length} items`;
    case "unit-off": return `The ${offer.pick} ${offer.units ?? 1} ${offer.amountFen != null ? `¥${yuan(offer.amountFen)} off` : `${offer.percentOff ?? 100}% off`}${over}`;
    case "buy-get": return `Buy ${offer.buyQuantity}, get ${offer.getQuantity}${offer.get ? ` of ${selectorEn(offer.get, nameOf)}` : ""} ${(offer.percentOff ?? 100) === 100 ? "free" : `at ${offer.percentOff}% off`}`;
    case "gift": return `${offer.gifts.map((one) => `${one.quantity} × ${one.name}`).join(", ")} free${offer.everyQuantity ? ` for every ${offer.everyQuantity}` : over}`;
    case "bundle-price": return `${offer.parts.map((part) => `${part.quantity} of ${selectorEn(part.items, nameOf)}`).join(" + ")} for ¥${yuan(offer.priceFen)}`;
    case "ladder": return offer.steps.map((step) => `${step.amountFen != null ? `¥${yuan(step.amountFen)} off` : `${step.percentOff ?? 0}% off`} from ${step.atAmountFen != null ? `¥${yuan(step.atAmountFen)}` : `${step.atQuantity ?? 0} items`}`).join(", ");
    case "delivery-fee-off": return `${offer.amountFen != null ? `¥${yuan(offer.amountFen)} off delivery` : (offer.percentOff ?? 100) === 100 ? "Free delivery" : `${offer.percentOff}% off delivery`}${over}`;
    case "next-order-coupon": return `${offer.count ?? 1} ${offer.count && offer.count > 1 ? "coupons" : "coupon"} for the next order${over}`;
  }
}

const atMostEn = (units: number | null | undefined): string => (units ? ` (at most ${units} items)` : "");

function thresholdEn({ threshold }: Offer): string {
  const parts = [threshold?.amountFen ? `over ¥${yuan(threshold.amountFen)}` : "", threshold?.quantity ? `from ${threshold.quantity} items` : ""].filter(Boolean);
  return parts.length ? ` ${parts.join(" and ")}` : "";
}

function selectorEn(selector: ItemSelector, nameOf: NameOf): string {
  const names = namesOf(selector, nameOf);
  return names.length === 0 ? "any item" : names.length > 3 ? `${names.slice(0, 3).join(", ")} and more` : names.join(", ");
}

function audienceEn(scope: Audience | null | undefined, nameOf: NameOf): string[] {
  if (!scope) return [];
  return [
    scope.from || scope.until ? `${scope.from ? `from ${day(scope.from)}` : ""}${scope.from && scope.until ? " " : ""}${scope.until ? `until ${day(scope.until)}` : ""}` : "",
    [daysText(scope.weekdays, DAYS_EN, "–", ", "), (scope.timeSlots ?? []).map((slot) => `${slot.from}–${slot.until}`).join(", ")].filter(Boolean).join(" "),
    scope.channels?.length ? `${scope.channels.map((id) => nameOf("channel", id) ?? CHANNELS[id]?.[1] ?? id).join(", ")} only` : "",
    scope.stores?.length ? (scope.stores.length > 3 ? `in ${scope.stores.length} stores` : `in ${scope.stores.map((id) => nameOf("store", id) ?? id).join(", ")}`) : "",
    scope.tiers?.length ? `for ${scope.tiers.map((id) => nameOf("tier", id) ?? id).join(", ")}` : "",
    scope.segments?.length ? `for ${scope.segments.map((id) => nameOf("segment", id) ?? id).join(", ")}` : "",
    scope.firstOrder ? "first order only" : "",
  ];
}

/** Runs of three and more days become "from – to". */
function daysText(weekdays: readonly number[] | null | undefined, names: readonly string[], to: string, comma: string): string {
  if (!weekdays?.length || weekdays.length === 7) return "";
  const days = [...new Set(weekdays)].sort((a, b) => a - b);
  const isRun = days.length > 2 && days.length - 1 === days[days.length - 1]! - days[0]!;
  return isRun ? `${names[days[0]!]}${to}${names[days[days.length - 1]!]}` : days.map((one) => names[one]).join(comma);
}

function day(text: string): string {
  return text.slice(0, 10);
}
