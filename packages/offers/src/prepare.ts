import { edgeOf, slotOf } from "./clock.ts";
import type { Edge, Slot } from "./clock.ts";
import type { CartLine } from "./cart.ts";
import type { ItemSelector, Level, Mode, Offer, OfferKind, RuleSet, Trigger } from "./offer.ts";

/** A rule set made ready once, evaluated many times. */
export interface PreparedRules {
  readonly rules: RuleSet;
  readonly version: number;
  readonly mode: Mode;
  readonly zone: string;
  /** In the order of application of the mode. */
  readonly offers: readonly CompiledOffer[];
  /** Offers to look at for any cart; the others are found through their items. */
  readonly everywhere: readonly number[];
  readonly bySku: ReadonlyMap<string, readonly number[]>;
  readonly byCategory: ReadonlyMap<string, readonly number[]>;
  readonly byTag: ReadonlyMap<string, readonly number[]>;
}

export interface CompiledSelector {
  /** No inclusion list: everything not excluded. */
  all: boolean;
  excludes: boolean;
  undiscountedOnly: boolean;
  minLineQuantity: number;
  skus: ReadonlySet<string> | null;
  categories: ReadonlySet<string> | null;
  tags: ReadonlySet<string> | null;
  excludeSkus: ReadonlySet<string> | null;
  excludeCategories: ReadonlySet<string> | null;
  excludeTags: ReadonlySet<string> | null;
}

export interface CompiledOffer {
  offer: Offer;
  /** Of the offer. Read from here: offers of each kind have a shape of their own, compiled ones have one, which is several times faster to read. */
  id: string;
  kind: OfferKind;
  name: string;
  trigger: Trigger;
  level: Level;
  rank: number;
  priority: number;
  /** Number of items named: narrower scopes go first, so that a wide offer does not eat what a narrow one could take. */
  breadth: number;
  items: CompiledSelector;
  /** Further selectors of the kind: exchange.get, buyGet.get, bundle parts. */
  others: CompiledSelector[];
  requires: { items: CompiledSelector; quantity: number; amountFen: number }[];
  stores: ReadonlySet<string> | null;
  channels: ReadonlySet<string> | null;
  tiers: ReadonlySet<string> | null;
  segments: ReadonlySet<string> | null;
  weekdays: number;
  slots: Slot[] | null;
  /** Whether weekdays or slots restrict at all. */
  timed: boolean;
  from: Edge | null;
  until: Edge | null;
  firstOrder: boolean;
  /** As typed by the merchant, and normalised. */
  exactCodes: readonly string[];
  codes: string[];
  thresholdFen: number;
  thresholdQuantity: number;
  thresholdBasis: "gross" | "net";
  thresholdOrder: boolean;
  capFen: number;
  group: string | null;
  exclusive: boolean;
  stackable: boolean;
  perMember: number;
  total: number;
  perOrder: number;
  /** Whether it looks at the member. */
  personal: boolean;
  /** Whether anything of audience, time or limits has to be checked: most live offers have nothing. */
  restricted: boolean;
}

const RANK: Readonly<Record<Level, number>> = { line: 0, category: 1, order: 2, delivery: 3 };
const EVERY_DAY = 0b11111110;

const preparedRules = new WeakMap<RuleSet, PreparedRules>();
const compiledOffers = new WeakMap<Offer, CompiledOffer>();

/**
 * Compiles a rule set; the same object is compiled once. Treat rule sets and offers as immutable: a change is a new object.
 * Throws RangeError when a date, a time of day or a percentage cannot be read.
 */
export function prepare(rules: RuleSet): PreparedRules {
  const known = preparedRules.get(rules);
  if (known) return known;
  const offers = rules.offers.map(compileOffer);
  if (rules.mode !== "list") offers.sort(byPipeline);
  const prepared = { rules, version: rules.version, mode: rules.mode, zone: rules.zone, offers, ...indexOf(offers) };
  preparedRules.set(rules, prepared);
  return prepared;
}

const BY_TRIGGER: Readonly<Record<Trigger, number>> = { auto: 0, code: 1, coupon: 2 };

/** The order within "pipeline" and "best": level, priority, narrower scope, coupons last, id. A total order, so input order does not matter. */
export function byPipeline(a: CompiledOffer, b: CompiledOffer): number {
  return a.rank - b.rank || b.priority - a.priority || a.breadth - b.breadth || BY_TRIGGER[a.trigger] - BY_TRIGGER[b.trigger]
    || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export function compileOffer(offer: Offer): CompiledOffer {
  const known = compiledOffers.get(offer);
  if (known) return known;
  const compiled = compile(offer);
  compiledOffers.set(offer, compiled);
  return compiled;
}

function compile(offer: Offer): CompiledOffer {
  const { scope, threshold, stacking, limits } = offer;
  const items = compileSelector(scope);
  const days = scope?.weekdays;
  const slots = scope?.timeSlots?.length ? scope.timeSlots.map(slotOf).sort((a, b) => a.from - b.from) : null;
  const from = scope?.from ? edgeOf(scope.from) : null;
  const until = scope?.until ? edgeOf(scope.until) : null;
  const stores = setOf(scope?.stores), channels = setOf(scope?.channels), tiers = setOf(scope?.tiers), segments = setOf(scope?.segments);
  const perMember = limits?.perMember ?? Infinity;
  const total = limits?.total ?? Infinity;
  const firstOrder = scope?.firstOrder ?? false;
  const personal = tiers !== null || segments !== null || firstOrder || perMember !== Infinity;
  return {
    offer, id: offer.id, kind: offer.kind, name: offer.name, trigger: offer.trigger, level: offer.level, rank: RANK[offer.level], priority: offer.priority ?? 0,
    breadth: breadthOf(scope), items, others: otherSelectors(offer).map((other) => (other === null ? items : compileSelector(other))),
    requires: (offer.requires ?? []).map(({ items, quantity, amountFen }) =>
      ({ items: compileSelector(items), quantity: quantity ?? 0, amountFen: amountFen ?? 0 })),
    stores, channels, tiers, segments, slots, from, until, firstOrder,
    weekdays: days?.length ? days.reduce((mask, day) => mask | 1 << day, 0) : EVERY_DAY,
    timed: Boolean(days?.length) || slots !== null,
    exactCodes: offer.codes ?? [],
    codes: (offer.codes ?? []).map(normaliseCode).filter((code) => code !== ""),
    thresholdFen: Math.max(threshold?.amountFen ?? 0, firstStep(offer, "atAmountFen")),
    thresholdQuantity: Math.max(threshold?.quantity ?? 0, firstStep(offer, "atQuantity"), unitsNeeded(offer)),
    thresholdBasis: threshold?.basis === "gross" ? "gross" : "net", thresholdOrder: threshold?.of === "order",
    capFen: offer.capFen ?? Infinity,
    group: stacking?.group || null, exclusive: stacking?.exclusive ?? false, stackable: Boolean(stacking?.group) || (stacking?.stackable ?? true),
    perMember, total, perOrder: limits?.perOrder ?? 1,
    personal, restricted: personal || stores !== null || channels !== null || slots !== null || Boolean(days?.length) || from !== null || until !== null || total !== Infinity,
  };
}

/** A ladder begins at its lowest step: below it the distance to that step is what is missing. */
function firstStep(offer: Offer, at: "atAmountFen" | "atQuantity"): number {
  return offer.kind === "ladder" && offer.steps.length > 0 ? Math.min(...offer.steps.map((step) => step[at] ?? 0)) : 0;
}

function unitsNeeded(offer: Offer): number {
  if (offer.kind === "buy-get") return offer.buyQuantity;
  return offer.kind === "gift" ? offer.everyQuantity ?? 0 : 0;
}

/** null stands for the scope itself. */
function otherSelectors(offer: Offer): (ItemSelector | null)[] {
  switch (offer.kind) {
    case "exchange": return [offer.get];
    case "buy-get": return [offer.get ?? null];
    case "bundle-price": return offer.parts.map((part) => part.items);
    default: return [];
  }
}

export function compileSelector(selector: ItemSelector | null | undefined): CompiledSelector {
  const skus = setOf(selector?.skus), categories = setOf(selector?.categories), tags = setOf(selector?.tags);
  const excludeSkus = setOf(selector?.excludeSkus), excludeCategories = setOf(selector?.excludeCategories), excludeTags = setOf(selector?.excludeTags);
  return {
    skus, categories, tags, excludeSkus, excludeCategories, excludeTags,
    all: skus === null && categories === null && tags === null,
    minLineQuantity: selector?.minLineQuantity ?? 0,
    excludes: (selector?.minLineQuantity ?? 0) > 1 || excludeSkus !== null || excludeCategories !== null || excludeTags !== null,
    undiscountedOnly: selector?.undiscountedOnly ?? false,
  };
}

/** What a selector looks at. */
export type Item = Pick<CartLine, "sku" | "category" | "tags" | "quantity">;

export function matches(selector: CompiledSelector, line: Item): boolean {
  if (!selector.all && !isIncluded(selector, line)) return false;
  return !selector.excludes || !isExcluded(selector, line);
}

function isIncluded(selector: CompiledSelector, line: Item): boolean {
  if (selector.skus?.has(line.sku)) return true;
  if (selector.categories !== null && line.category !== null && selector.categories.has(line.category)) return true;
  if (selector.tags !== null) for (const tag of line.tags) if (selector.tags.has(tag)) return true;
  return false;
}

export function isExcluded(selector: CompiledSelector, line: Item): boolean {
  if (line.quantity < selector.minLineQuantity) return true;
  if (selector.excludeSkus?.has(line.sku)) return true;
  if (selector.excludeCategories !== null && line.category !== null && selector.excludeCategories.has(line.category)) return true;
  if (selector.excludeTags !== null) for (const tag of line.tags) if (selector.excludeTags.has(tag)) return true;
  return false;
}

/** The indexes of the lines a selector takes. */
export function linesMatching(items: CompiledSelector, cart: { lines: readonly CartLine[] }): number[] {
  const lines: number[] = [];
  for (let i = 0; i < cart.lines.length; i++) if (matches(items, cart.lines[i]!)) lines.push(i);
  return lines;
}

/** Codes are typed at a till: case and blanks do not matter. */
export function normaliseCode(code: string): string {
  return code.replace(/\s+/g, "").toUpperCase();
}

function setOf(values: readonly string[] | null | undefined): ReadonlySet<string> | null {
  return values ? new Set(values) : null;
}

/** A category or tag counts as a thousand items: wider than any usual list, narrower than everything. */
function breadthOf(selector: ItemSelector | null | undefined): number {
  const { skus, categories, tags } = selector ?? {};
  if (!skus && !categories && !tags) return Number.MAX_SAFE_INTEGER;
  return (skus?.length ?? 0) + 1000 * ((categories?.length ?? 0) + (tags?.length ?? 0));
}

function indexOf(offers: readonly CompiledOffer[]) {
  const everywhere: number[] = [];
  const bySku = new Map<string, number[]>(), byCategory = new Map<string, number[]>(), byTag = new Map<string, number[]>();
  offers.forEach((compiled, index) => {
    const { all, skus, categories, tags } = compiled.items;
    if (all) everywhere.push(index);
    for (const sku of skus ?? []) add(bySku, sku, index);
    for (const category of categories ?? []) add(byCategory, category, index);
    for (const tag of tags ?? []) add(byTag, tag, index);
  });
  return { everywhere, bySku, byCategory, byTag };
}

function add(index: Map<string, number[]>, key: string, value: number): void {
  const list = index.get(key);
  if (list) list.push(value);
  else index.set(key, [value]);
}
