import type { Level, Offer, OfferKind, Trigger } from "@shuke/offers";
import type { FieldError } from "../../../api/problem.ts";

type FieldOf<Union> = Union extends unknown ? keyof Union : never;
type ValueOf<Union, Field> = Union extends unknown ? (Field extends keyof Union ? Union[Field] : never) : never;
type Given = "kind" | "trigger" | "level" | "id" | "name";

/**
 * A rule while it is written: the fields of every kind side by side, so that changing the kind and back loses nothing.
 * `definitionOf` keeps those of the chosen kind.
 */
export type RuleDraft = { [Field in Exclude<FieldOf<Offer>, Given>]?: ValueOf<Offer, Field> | null | undefined } & {
  kind: OfferKind;
  trigger: Trigger;
  level: Level;
};

export type RuleField = keyof RuleDraft;

export interface RulePart {
  value: RuleDraft;
  onChange: (next: RuleDraft) => void;
}

/** In the order in which people look for them. */
export const ruleKinds = [
  "amount-off", "percent-off", "ladder", "unit-off", "buy-get", "bundle-price", "gift", "exchange", "member-price", "delivery-fee-off", "next-order-coupon",
] as const satisfies readonly OfferKind[];

const ownFields: Record<OfferKind, readonly RuleField[]> = {
  "amount-off": ["amountFen", "per", "maxUnits", "maxTimes"],
  "percent-off": ["percentOff", "maxUnits"],
  "exchange": ["get", "priceFen", "quantity"],
  "member-price": ["prices"],
  "unit-off": ["pick", "units", "percentOff", "amountFen"],
  "buy-get": ["buyQuantity", "getQuantity", "get", "percentOff", "pick", "maxTimes", "whole"],
  "gift": ["gifts", "everyQuantity", "maxTimes"],
  "bundle-price": ["parts", "priceFen", "maxTimes"],
  "ladder": ["steps"],
  "delivery-fee-off": ["feeKinds", "percentOff", "amountFen"],
  "next-order-coupon": ["templateId", "count"],
};

const sharedFields: readonly RuleField[] = ["kind", "trigger", "level", "codes", "threshold", "requires", "scope", "capFen", "stacking", "limits"];

/** Kinds that pick single units or lines work there; the others on the order. */
export const usualLevel: Record<OfferKind, Level> = {
  "amount-off": "order", "percent-off": "order", "ladder": "order", "gift": "order", "next-order-coupon": "order", "delivery-fee-off": "delivery",
  "unit-off": "line", "buy-get": "line", "bundle-price": "line", "exchange": "line", "member-price": "line",
};

const beginnings: Partial<Record<OfferKind, Partial<RuleDraft>>> = {
  "ladder": { steps: [{}, {}] },
  "unit-off": { pick: "cheapest", units: 1 },
  "buy-get": { buyQuantity: 1, getQuantity: 1 },
  "exchange": { quantity: 1, priceFen: 0 },
  "gift": { gifts: [{ sku: "", name: "", quantity: 1 }] },
  "bundle-price": { parts: [{ items: {}, quantity: 1 }] },
  "member-price": { prices: [] },
  "next-order-coupon": { count: 1 },
};

export const freshRule: RuleDraft = { kind: "amount-off", trigger: "auto", level: "order" };

/** The same rule as another kind; what the new kind needs to begin with is there. */
export function withKind(draft: RuleDraft, kind: OfferKind): RuleDraft {
  return { ...beginnings[kind], ...draft, kind, level: usualLevel[kind] };
}

/** A stored definition as a draft. */
export function draftOf(definition: object, priority?: number): RuleDraft {
  return { ...freshRule, ...definition, ...(priority !== undefined && { priority }) };
}

/** What goes over the wire: the fields of the kind, and nothing that is empty. */
export function definitionOf(draft: RuleDraft): Record<string, unknown> {
  const kept = [...sharedFields, ...ownFields[draft.kind]].flatMap((field) => {
    const value = filled(draft[field]);
    return value === undefined ? [] : [[field, value] as const];
  });
  return Object.fromEntries(kept);
}

function filled(value: unknown): unknown {
  if (value === null || value === undefined || value === "" || value === false) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((one: unknown) => (isObject(one) ? filledFields(one, true) : one));
  return isObject(value) ? filledFields(value, false) : value;
}

/** An object inside a list keeps its place even when nothing is in it. */
function filledFields(value: object, isKept: boolean): object | undefined {
  const fields = Object.entries(value).flatMap(([field, one]) => {
    // A selector without lists means everything; "stackable: false" says something.
    const kept: unknown = field === "items" ? (filled(one) ?? {}) : field === "stackable" ? (one ?? undefined) : filled(one);
    return kept === undefined ? [] : [[field, kept] as const];
  });
  return fields.length > 0 || isKept ? Object.fromEntries(fields) : undefined;
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);

/** The engine's offer; null while a field that it needs is still empty. */
export function offerOf(draft: RuleDraft, name = "", id = "draft"): Offer | null {
  if (missingFields(draft).length > 0) return null;
  return { ...definitionOf(draft), id, name, priority: draft.priority ?? 0 } as Offer;
}

/** Fields that are still empty and must not be. */
export function missingFields(draft: RuleDraft): FieldError[] {
  const wanted: [string, boolean][] = [["codes", draft.trigger !== "code" || (draft.codes?.length ?? 0) > 0], ...needsOf(draft)];
  return wanted.filter(([, isThere]) => !isThere).map(([field]) => ({ field, code: "required", message: "required" }));
}

const isSet = (value: number | null | undefined): boolean => value !== null && value !== undefined;

function needsOf(draft: RuleDraft): [string, boolean][] {
  const hasItems = (items: RuleDraft["get"]) => Boolean(items?.skus?.length || items?.categories?.length || items?.tags?.length);
  switch (draft.kind) {
    case "amount-off": return [["amountFen", Boolean(draft.amountFen)]];
    case "percent-off": return [["percentOff", Boolean(draft.percentOff)]];
    case "exchange": return [["get", hasItems(draft.get)], ["priceFen", isSet(draft.priceFen)]];
    case "member-price": return [["prices", Boolean(draft.prices?.length)]];
    case "unit-off": return [["pick", Boolean(draft.pick)], ["percentOff", isSet(draft.percentOff) || isSet(draft.amountFen)]];
    case "buy-get": return [["buyQuantity", Boolean(draft.buyQuantity)], ["getQuantity", Boolean(draft.getQuantity)]];
    case "gift": return [["gifts", Boolean(draft.gifts?.length)], ...(draft.gifts ?? []).map((one, at): [string, boolean] => [`gifts.${at}.sku`, one.sku !== "" && one.name !== ""])];
    case "bundle-price": return [["parts", Boolean(draft.parts?.length)], ["priceFen", isSet(draft.priceFen)]];
    case "ladder": return (draft.steps?.length ? draft.steps : [{}]).flatMap((step, at): [string, boolean][] => [
      [`steps.${at}.atAmountFen`, Boolean(step.atAmountFen || step.atQuantity)], [`steps.${at}.percentOff`, Boolean(step.amountFen || step.percentOff)],
    ]);
    case "delivery-fee-off": return [];
    case "next-order-coupon": return [["templateId", Boolean(draft.templateId)]];
  }
}
