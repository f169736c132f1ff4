import type { Report } from "./check.ts";
import type { AmountOff, Ladder, LadderStep, MemberPrice, Offer } from "./offer.ts";

/** Amounts, percentages, steps and caps that cannot be meant together. */
export function checkKind(offer: Offer, report: Report): void {
  if (offer.capFen != null && offer.capFen <= 0) report("not-positive", "capFen", "kind");
  checkNumbers(offer, report);
  switch (offer.kind) {
    case "amount-off": return checkAmount(offer, report);
    case "unit-off": case "delivery-fee-off":
      eitherOr(offer, "", offer.kind === "delivery-fee-off", report);
      if (offer.amountFen != null && offer.capFen != null && offer.capFen < offer.amountFen) report("cap-below-amount", "capFen", "amountFen");
      return;
    case "ladder": return checkLadder(offer, report);
    case "member-price": return checkPrices(offer, report);
    case "bundle-price": if (offer.parts.length === 0) report("selects-nothing", "parts", "kind"); return;
    case "gift": if (offer.gifts.length === 0) report("selects-nothing", "gifts", "kind"); return;
    default: return;
  }
}

/** Fields of any kind that must be above zero, or a percentage. */
const POSITIVE = ["amountFen", "maxUnits", "maxTimes", "quantity", "units", "buyQuantity", "getQuantity", "everyQuantity", "count"];
const NOT_NEGATIVE = ["priceFen"];

function checkNumbers(offer: Offer, report: Report): void {
  const fields = offer as unknown as Readonly<Record<string, unknown>>;
  for (const name of POSITIVE) if (typeof fields[name] === "number" && !(fields[name] > 0)) report("not-positive", name, "kind");
  for (const name of NOT_NEGATIVE) if (typeof fields[name] === "number" && fields[name] < 0) report("not-positive", name, "kind");
  checkPercent(fields["percentOff"], "percentOff", report);
}

function checkPercent(value: unknown, place: string, report: Report): void {
  if (typeof value !== "number") return;
  if (value > 100) report("percent-above-100", place, "kind");
  else if (!(value > 0)) report("not-positive", place, "kind");
}

function checkAmount(offer: AmountOff, report: Report): void {
  const { per, maxUnits, maxTimes, threshold, capFen, amountFen } = offer;
  if (maxUnits && per !== "unit") report("units-need-per-unit", "maxUnits", "per");
  if (maxTimes && per && per !== "selection") report("times-need-selection", "maxTimes", "per");
  if (maxTimes && !threshold?.amountFen && !threshold?.quantity) report("times-need-threshold", "maxTimes", "threshold");
  if (capFen != null && capFen < amountFen) report("cap-below-amount", "capFen", "amountFen");
}

type Amounts = Pick<LadderStep, "amountFen" | "percentOff">;

function eitherOr({ amountFen, percentOff }: Amounts, place: string, mayBeNeither: boolean, report: Report): void {
  if (amountFen != null && percentOff != null) report("percent-and-amount", `${place}percentOff`, `${place}amountFen`);
  if (amountFen == null && percentOff == null && !mayBeNeither) report("percent-or-amount", `${place}percentOff`, `${place}amountFen`);
}

function checkLadder({ steps, capFen, threshold }: Ladder, report: Report): void {
  if (steps.length === 0) report("selects-nothing", "steps", "kind");
  steps.forEach((step, at) => {
    const place = `steps.${at}.`;
    eitherOr(step, place, false, report);
    checkPercent(step.percentOff, `${place}percentOff`, report);
    if (step.amountFen != null && step.amountFen <= 0) report("not-positive", `${place}amountFen`, "kind");
    if ((step.atAmountFen == null) === (step.atQuantity == null)) report("step-needs-one-threshold", `${place}atAmountFen`, `${place}atQuantity`);
    if (capFen != null && step.amountFen != null && capFen < step.amountFen) report("cap-below-amount", "capFen", `${place}amountFen`);
    const next = steps[at + 1];
    // A step that ends where the offer begins is never the highest one reached.
    if (threshold?.amountFen && next?.atAmountFen != null && next.atAmountFen <= threshold.amountFen) report("threshold-above-step", "threshold.amountFen", `${place}atAmountFen`);
    if (at > 0) checkRise(steps[at - 1]!, step, at, report);
  });
}

function checkRise(before: LadderStep, step: LadderStep, at: number, report: Report): void {
  for (const name of ["atAmountFen", "atQuantity"] as const) {
    if (before[name] != null && step[name] != null && step[name] <= before[name]) report("ladder-not-rising", `steps.${at}.${name}`, `steps.${at - 1}.${name}`);
  }
  for (const name of ["amountFen", "percentOff"] as const) {
    if (before[name] != null && step[name] != null && step[name] < before[name]) report("ladder-gives-less", `steps.${at}.${name}`, `steps.${at - 1}.${name}`);
  }
}

function checkPrices({ prices, scope }: MemberPrice, report: Report): void {
  const first = new Map<string, number>();
  const only = scope?.skus && !scope.categories && !scope.tags ? new Set(scope.skus) : null;
  if (prices.length === 0) report("selects-nothing", "prices", "kind");
  prices.forEach(({ sku, priceFen }, at) => {
    if (priceFen < 0) report("not-positive", `prices.${at}.priceFen`, "kind");
    if (first.has(sku)) report("sku-twice", `prices.${at}.sku`, `prices.${first.get(sku)!}.sku`);
    else first.set(sku, at);
    if (only && !only.has(sku)) report("price-outside-scope", `prices.${at}.sku`, "scope.skus");
  });
}
