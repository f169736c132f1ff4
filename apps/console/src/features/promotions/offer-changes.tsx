import "./offer.css";
import type { ItemSelector, LadderStep, NameOf, Requirement, TimeSlot } from "@shuke/offers";
import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { formatFen } from "../../design/money.ts";
import type { RuleVersion } from "./offer.ts";
import { foldText } from "./rule-editor/choice.tsx";
import { useNameOf } from "./rule-editor/rule-names.ts";
import { templatesQuery } from "./rule-editor/template-choice.tsx";

/** The words of the editor's fields, by the last part of a field's place in the definition. */
const labels: Readonly<Record<string, string>> = {
  name: "offer.name", priority: "offer.priority", state: "earnRule.state", kind: "rule.kind", trigger: "rule.trigger", level: "rule.level", codes: "rule.codes",
  amountFen: "rule.amountOff", percentOff: "rule.percentOff", capFen: "rule.cap", per: "rule.way", maxUnits: "rule.maxUnits", maxTimes: "rule.maxTimes", pick: "rule.pick", units: "rule.units",
  buyQuantity: "rule.buyQuantity", getQuantity: "rule.getQuantity", whole: "rule.whole", priceFen: "rule.fieldName.priceFen", quantity: "rule.exchangeUnits", prices: "rule.prices", gifts: "rule.fieldName.gifts",
  everyQuantity: "rule.everyQuantity", parts: "rule.fieldName.parts", steps: "ruleKind.ladder", feeKinds: "rule.fees", templateId: "rule.template", count: "rule.count", requires: "rule.section.requires",
  "threshold.amountFen": "rule.thresholdAmount", "threshold.quantity": "rule.thresholdQuantity", basis: "rule.basis", of: "rule.of", stackable: "rule.stacking", exclusive: "rule.stacking", group: "rule.group",
  perMember: "rule.perMember", total: "rule.total", perOrder: "rule.maxTimes", skus: "rule.products", categories: "product.category", tags: "rule.tags", excludeSkus: "rule.excludeProducts",
  excludeCategories: "rule.excludeCategories", excludeTags: "rule.excludeTags", minLineQuantity: "rule.minLineQuantity", undiscountedOnly: "rule.undiscounted", from: "form.from", until: "form.until",
  weekdays: "earnRule.weekdays", timeSlots: "rule.timeSlots", stores: "shell.stores", channels: "order.channel", tiers: "member.tier", segments: "rule.segments", firstOrder: "rule.firstOrder",
  returns: "coupon.returns", graceDays: "coupon.graceDays", isGiftable: "coupon.giftable", remindsBySms: "coupon.remindsBySms",
  // Of coupons, pools, tiers and earn rules, where a pack has them otherwise.
  thresholdFen: "rule.thresholdAmount", days: "coupon.validDays", stock: "coupon.stock", period: "coupon.period", isClaimable: "coupon.claimable", isStackable: "coupon.stackable", returnPolicy: "coupon.returns", "share.maxClaims": "coupon.shareClaims", "share.days": "coupon.shareDays",
  nameEn: "model.nameEn", capacity: "sea.field.capacity", claimsPerDay: "sea.field.claimsPerDay", idleDays: "sea.field.idleDays", winDays: "sea.field.winDays", wonStages: "sea.field.wonStages", coolDownDays: "sea.field.coolDownDays", extensions: "sea.field.extensions", extensionDays: "sea.field.extensionDays", isDefault: "sea.field.isDefault",
  rank: "tier.rank", spendFen: "tier.spend", visits: "tier.visits", growth: "tier.growth", condition: "tier.conditionHow", pointsPercent: "tier.pointsPercent", benefits: "tier.benefits", color: "tier.color",
  multiplierPercent: "earnRule.multiplier", bonusPoints: "earnRule.bonusLabel", unitPoints: "earnRule.unitLabel", "rate.points": "earnRule.ratePoints", "rate.perFen": "earnRule.ratePer", sources: "earnRule.sources", birthday: "earnRule.birthday", minNetFen: "earnRule.minNet",
  isLast: "earnRule.last", maxPerOrder: "earnRule.perOrder", maxPerDay: "earnRule.perDay", maxPerMember: "earnRule.perMember", budget: "earnRule.budget",
};

/** Where one of a few values has words of its own. */
const choices: Readonly<Record<string, string>> = {
  kind: "ruleKind", state: "offerState", trigger: "rule.triggers", level: "rule.levels", per: "rule.ways", pick: "rule.picks", basis: "rule.bases", of: "rule.ofs", feeKinds: "rule.feeKind", weekdays: "weekday", returns: "coupon.returnPolicies", returnPolicy: "coupon.returnPolicies", period: "coupon.periods", condition: "tier.conditions", sources: "earnRule.source", birthday: "earnRule.birthdays",
};

/** What it means that something is ticked. */
const ticks: Readonly<Record<string, string>> = {
  whole: "rule.wholeHelp", firstOrder: "rule.firstOrderOnly", undiscountedOnly: "rule.undiscountedOnly", exclusive: "rule.stackings.exclusive", isGiftable: "coupon.giftable", remindsBySms: "coupon.remindsBySms", isClaimable: "coupon.claimable", isStackable: "coupon.stackable", isLast: "earnRule.last", isDefault: "sea.field.isDefault",
};

const names: Readonly<Record<string, Parameters<NameOf>[0]>> = { stores: "store", tiers: "tier", channels: "channel", skus: "sku", excludeSkus: "sku" };

const listed = 8;

/** What a version changed, field by field, in the words of the editor; of lists only what came and what went. */
export function OfferChanges({ changes }: Pick<RuleVersion, "changes">) {
  const { t } = useTranslation();
  const textOf = useValueText(changes);
  return (
    <dl className="offer-changes">
      {changes.map(({ field, before, after }) => {
        const [was, is] = [textOf(field, before), textOf(field, after)];
        const [gone, come] = [was.filter((one) => !is.includes(one)), is.filter((one) => !was.includes(one))];
        return (
          <Fragment key={field}>
            <dt>{labelOf(t, field)}</dt>
            <dd>{gone.length > 0 ? <del>{some(t, gone)}</del> : null} {come.length > 0 ? <ins>{some(t, come)}</ins> : null}</dd>
          </Fragment>
        );
      })}
    </dl>
  );
}

const lastOf = (field: string): string => field.slice(field.lastIndexOf(".") + 1);

function labelOf(t: TFunction, field: string): string {
  const label = t(labels[field] ?? labels[lastOf(field)] ?? "", { defaultValue: field });
  return field.startsWith("get.") ? `${t("rule.given")} · ${label}` : label;
}

const some = (t: TFunction, texts: string[]): string =>
  texts.slice(0, listed).join(t("rule.listComma")) + (texts.length > listed ? t("rule.andMore", { count: texts.length - listed }) : "");

/** A value of the definition as people say it, its parts one by one. */
function useValueText(changes: RuleVersion["changes"]): (field: string, value: unknown) => string[] {
  const { t } = useTranslation();
  const nameOf = useNameOf(changes.flatMap(({ field, before, after }) => [...skusIn(field, before), ...skusIn(field, after)]));
  const templates = useQuery(templatesQuery).data?.items ?? [];
  return (field, value) => {
    const name = lastOf(field);
    if (name === "templateId") return value === null ? [] : [templates.find((one) => one.id === value)?.name ?? String(value)];
    return partsOf(value).map((one) => (isRow(one) ? rowText(t, nameOf, one) : plainText(t, nameOf, name, one))).filter(Boolean);
  };
}

/** A row of a list: a time slot, a step, a gift, a price, a part of a bundle, or something that must be bought. */
type Row = Partial<TimeSlot & LadderStep & Requirement & { sku: string; name: string; priceFen: number }>;

const partsOf = (value: unknown): unknown[] => (value === null ? [] : Array.isArray(value) ? value : [value]);
const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;

function plainText(t: TFunction, nameOf: NameOf, name: string, value: unknown): string {
  const kind = names[name];
  if (kind) return nameOf(kind, String(value)) ?? String(value);
  if (choices[name]) return t(`${choices[name]}.${String(value)}`, { defaultValue: String(value) });
  if (name === "stackable") return t(value ? "rule.stackings.stacks" : "rule.stackings.alone-in-level");
  if (ticks[name]) return value ? t(ticks[name]) : "";
  if (name.endsWith("Fen")) return formatFen(Number(value));
  if (name.endsWith("Percent")) return `${String(value)}%`;
  if (name.endsWith("Days")) return `${String(value)} ${t("form.days")}`;
  return name === "percentOff" ? foldText(t, Number(value)) : String(value);
}

function rowText(t: TFunction, nameOf: NameOf, { from, until, items, atAmountFen, atQuantity, amountFen, percentOff, quantity, sku = "", name = nameOf("sku", sku) ?? sku, priceFen }: Row): string {
  const amount = amountFen == null ? "" : formatFen(amountFen);
  const units = quantity == null ? "" : `×${quantity}`;
  if (until) return `${from}–${until}`;
  if (items) return [`${selectorText(t, nameOf, items)}${units}`, amount && `≥ ${amount}`].filter(Boolean).join(" ");
  if (atAmountFen != null || atQuantity != null) return `${atAmountFen == null ? `×${atQuantity}` : formatFen(atAmountFen)} → ${amount ? `−${amount}` : foldText(t, percentOff ?? 0)}`;
  return priceFen === undefined ? `${name}${units}` : `${name} ${formatFen(priceFen)}`;
}

function selectorText(t: TFunction, nameOf: NameOf, { skus, categories, tags }: ItemSelector): string {
  const all = [...(categories ?? []), ...(tags ?? []), ...(skus ?? []).map((sku) => nameOf("sku", sku) ?? sku)];
  return all.length > 0 ? all.join("/") : t("rule.anyItem");
}

/** Of long lists the first are enough to be named. */
const skusIn = (field: string, value: unknown): string[] =>
  partsOf(value).slice(0, 2 * listed).flatMap((one) => (isRow(one) ? [...(one.sku ? [one.sku] : []), ...(one.items?.skus?.slice(0, listed) ?? [])] : names[lastOf(field)] === "sku" ? [String(one)] : []));
