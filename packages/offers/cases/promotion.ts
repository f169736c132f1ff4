import type { ItemSelector, Level, Offer, Requirement, Scope, Stacking } from "../src/index.ts";
import type { Promotion } from "./case.ts";
import { Unsupported, onlyWords } from "./case.ts";
import type { Settings } from "./setting.ts";

const WORDS = [
  "id", "type", "trigger", "value", "scope", "allocation", "skus", "category", "tag", "segment", "code", "cap", "claims", "group", "priority",
  "max_qty", "min_qty", "min_line_qty", "min_qty_of_sku", "min_qty_skus", "min_spend", "min_spend_basis", "min_spend_on_sku", "requires",
  "buy", "buy_min_qty", "get", "buy_sku", "buy_qty", "get_sku", "get_qty", "per", "reward",
];

export interface Translation {
  /** Position among the promotions: decides where level, priority and breadth leave it open. */
  position: number;
  /** Tax on top as a factor, 1 when prices include it. */
  tax: number;
  /** Whether amounts of money in promotions are before tax. */
  netAmounts: boolean;
  /** Of several promotions on a line only the best counts. */
  bestPerLine: boolean;
  settings: Pick<Settings, "pick" | "wholeSets">;
}

/** A promotion of the vocabulary as an offer of the engine. */
export function offerOf(promotion: Promotion, translation: Translation): Offer {
  onlyWords("promotion", promotion, WORDS);
  const base = {
    id: `${String(translation.position).padStart(4, "0")}:${promotion.id}`, name: promotion.id, trigger: "auto" as const,
    level: levelOf(promotion), scope: scopeOf(promotion), threshold: thresholdOf(promotion, translation), requires: requirementsOf(promotion),
    // The vocabulary's priority is a rank: 1 goes first.
    priority: 0 - (promotion.priority ?? 0), capFen: promotion.cap ?? null, stacking: stackingOf(promotion, translation),
  };
  const amount = Math.round((promotion.value ?? 0) * (translation.netAmounts ? translation.tax : 1));
  switch (promotion.type) {
    case "percent": return percentOffer(base, promotion);
    case "fixed": case "fixed_each": return fixedOffer(base, promotion, amount);
    case "buy_get": return {
      ...base, kind: "buy-get", level: "category", scope: { ...base.scope, ...named(promotion.buy ?? []) }, get: named(promotion.get ?? []), buyQuantity: promotion.buy_min_qty ?? 1,
      getQuantity: promotion.get_qty ?? 1, pick: pickOf(promotion, translation), whole: translation.settings.wholeSets, maxTimes: 1, capFen: promotion.value == null ? null : amount * (promotion.get_qty ?? 1),
    };
    case "buy_x_get_y_extra_unit": return {
      ...base, kind: "gift", level: "order", scope: { ...base.scope, skus: [promotion.buy_sku!] }, everyQuantity: promotion.buy_qty ?? 1,
      gifts: [{ sku: promotion.get_sku!, name: promotion.get_sku!, quantity: promotion.get_qty ?? 1 }], maxTimes: promotion.per === "order" ? 1 : null,
    };
    case "free_shipping": return { ...base, kind: "delivery-fee-off", level: "delivery", percentOff: 100 };
    case "issue_coupon_for_next_order": return { ...base, kind: "next-order-coupon", level: "order", templateId: promotion.id };
    default: throw new Unsupported(`promotion type ${promotion.type}`);
  }
}

/** Across items the setting's end is given; of the same items the other one, or a member would pay for the dear and be given the dear. */
function pickOf({ buy, get }: Promotion, { settings: { pick } }: Translation): "cheapest" | "dearest" {
  const isSame = (buy ?? []).length > 0 && (buy ?? []).every((name) => (get ?? []).includes(name));
  return isSame === (pick === "dearest") ? "cheapest" : "dearest";
}

type Base = Omit<Extract<Offer, { kind: "gift" }>, "kind" | "gifts">;

function percentOffer(base: Base, promotion: Promotion): Offer {
  if (promotion.scope === "cheapest_unit") return { ...base, kind: "unit-off", level: "category", pick: "cheapest", percentOff: promotion.value ?? 0 };
  return { ...base, kind: "percent-off", percentOff: promotion.value ?? 0, maxUnits: promotion.max_qty ?? null };
}

function fixedOffer(base: Base, promotion: Promotion, amountFen: number): Offer {
  if (promotion.scope === "cheapest_unit") return { ...base, kind: "unit-off", level: "category", pick: "cheapest", amountFen };
  const isEach = promotion.type === "fixed_each" || promotion.allocation === "each" || promotion.scope === "line";
  return { ...base, kind: "amount-off", amountFen, per: isEach ? "unit" : "selection", maxUnits: promotion.max_qty ?? null };
}

const LEVELS: Readonly<Record<string, Level>> = {
  order: "order", items: "category", category: "category", tag: "category", line: "line", cheapest_unit: "category", "undiscounted lines": "line",
};

function levelOf({ scope, allocation, type }: Promotion): Level {
  if (allocation === "each" || type === "fixed_each") return "line";
  if (scope === undefined) return allocation === "across" ? "category" : "order";
  const level = LEVELS[scope];
  if (!level) throw new Unsupported(`promotion.scope "${scope}"`);
  return level;
}

function scopeOf(promotion: Promotion): Scope {
  const scope: Scope = {};
  if (promotion.skus) Object.assign(scope, named(promotion.skus));
  if (promotion.category) scope.categories = [promotion.category];
  if (promotion.tag) scope.tags = [promotion.tag];
  if (promotion.segment) scope.segments = [promotion.segment];
  if (promotion.min_line_qty) scope.minLineQuantity = promotion.min_line_qty;
  if (promotion.scope === "undiscounted lines") scope.undiscountedOnly = true;
  return scope;
}

/** A name may be a line's id or its product. */
export function named(names: readonly string[]): ItemSelector {
  return { skus: names, tags: names.map((name) => `product:${name}`) };
}

const NET = ["net", "net_of_tax", "excl_tax", "without_tax"];
/** Amounts with tax, which is how prices are here. */
const TAXED = ["gross", "incl_tax", "gross_of_tax", "tax_included", "with_tax"];
const BEFORE_DISCOUNTS = ["before_discounts", "before_discount", "list"];
const AFTER_DISCOUNTS = ["after_discounts", "after_discount", "remaining"];
const BASES = [...NET, ...TAXED, ...BEFORE_DISCOUNTS, ...AFTER_DISCOUNTS];

function thresholdOf(promotion: Promotion, { tax }: Translation): Offer["threshold"] {
  const { min_spend, min_spend_on_sku, min_qty, min_spend_basis } = promotion;
  if (min_spend_basis !== undefined && !BASES.includes(min_spend_basis)) throw new Unsupported(`promotion.min_spend_basis "${min_spend_basis}"`);
  if (min_spend_on_sku !== undefined) return { amountFen: min_spend_on_sku, of: "items" };
  if (min_spend === undefined && min_qty === undefined) return null;
  const factor = min_spend_basis !== undefined && NET.includes(min_spend_basis) ? tax : 1;
  return { amountFen: min_spend === undefined ? null : Math.round(min_spend * factor), quantity: min_qty ?? null, of: "order", basis: min_spend_basis !== undefined && BEFORE_DISCOUNTS.includes(min_spend_basis) ? "gross" : null };
}

function requirementsOf({ requires, min_qty_of_sku, min_qty_skus }: Promotion): Requirement[] {
  const found: Requirement[] = [];
  for (const one of [requires, min_qty_of_sku]) if (one) found.push({ items: named([one.sku]), quantity: one.qty });
  if (min_qty_skus) found.push({ items: named(min_qty_skus.skus), quantity: min_qty_skus.qty });
  return found;
}

function stackingOf({ group }: Promotion, { bestPerLine }: Translation): Stacking {
  return { group: group ?? null, stackable: !bestPerLine };
}
