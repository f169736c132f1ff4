import { packSections } from "../app.ts";
import { addDays, type Day } from "../kernel/days.ts";
import type { Scope } from "../kernel/scope.ts";
import { upsertProducts } from "../modules/commerce/product.ts";
import { createEarnRule, createTier, setProgram } from "../modules/loyalty/index.ts";
import { endCounting, setLifecycleRules } from "../modules/loyalty/lifecycle/lifecycle.ts";
import { applyPack, shippedPacks } from "../modules/objects/index.ts";
import { builtInRoles } from "../modules/org/built-in-role.ts";
import { addStaff } from "../modules/org/staff.ts";
import { addUnit } from "../modules/org/unit.ts";
import { createPlan } from "../modules/payments/index.ts";
import { createOffer, createTemplate, publishTemplate } from "../modules/promotions/index.ts";
import type { BrandPlan, Category, CouponPlan } from "./brand.ts";

export interface FoundingParts {
  brand: BrandPlan;
  /** The day on which the story begins. */
  firstDay: Day;
  passwordHash: string;
}

/** Everything a brand has before its first guest: units, staff, menu, program, coupons, offers. Through the modules' own operations. */
export async function foundBrand(scope: Scope, parts: FoundingParts): Promise<void> {
  const units = await plantTree(scope, parts.brand);
  await hireStaff(scope, parts, units);
  await upsertProducts(scope, parts.brand.menu.flatMap(productsOf));
  await openProgram(scope, parts.brand);
  for (const [position, plan] of parts.brand.topUpPlans.entries()) await createPlan(scope, { ...plan, position, isActive: true });
  for (const coupon of parts.brand.coupons) if (coupon.validity) await draftCoupon(scope, coupon, parts.firstDay);
  for (const offer of parts.brand.offers) await createOffer(scope, offer);
  const line = shippedPacks.find((pack) => pack.pack === "restaurant-chain");
  if (line) await applyPack(scope, packSections, { file: line.file, withDemo: true });
  await publishOfPack(scope, parts.brand);
}

/** By store code, and by the region's name. */
async function plantTree(scope: Scope, { stores }: BrandPlan): Promise<Map<string, string>> {
  const headquarters = await scope.tx.db.selectFrom("org.unit").select("id").where("kind", "=", "headquarters").executeTakeFirstOrThrow();
  const units = new Map([["", headquarters.id]]);
  const place = async (kind: "region" | "city", name: string, parentId: string, code: string): Promise<string> => {
    const known = units.get(name);
    if (known) return known;
    const { id } = await addUnit(scope, { kind, code, name, parentId });
    units.set(name, id);
    return id;
  };
  for (const { region, city, code, name, address, phone, openingHours } of stores) {
    const regionId = await place("region", region, headquarters.id, `R-${code}`);
    const cityId = await place("city", city, regionId, `C-${code}`);
    units.set(code, (await addUnit(scope, { kind: "store", code, name, address, phone, openingHours, parentId: cityId })).id);
  }
  return units;
}

async function hireStaff(scope: Scope, { brand, passwordHash }: FoundingParts, units: ReadonlyMap<string, string>): Promise<void> {
  const roles = new Map((await scope.tx.db.selectFrom("org.role").select(["id", "name"]).execute()).map((role) => [role.name, role.id]));
  for (const { account, name, role, unit = "" } of brand.staff) {
    await addStaff(scope, { account, name, passwordHash, assignments: [{ roleId: roles.get(builtInRoles[role].name) ?? "", orgUnitId: units.get(unit) ?? "" }] });
  }
}

const productsOf = (category: Category) => category.dishes.map(([sku, name, unitPriceFen]) =>
  ({ sku, name, unitPriceFen, category: category.name, barcode: barcodeOf(sku), isActive: true }));

/** An EAN-13 of the range 200–299, which shops use for their own goods. */
export function barcodeOf(sku: string): string {
  const digits = `20${[...sku].map((character) => String(character.codePointAt(0) ?? 0).padStart(2, "0").slice(-2)).join("")}`.padEnd(12, "0").slice(0, 12);
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

async function openProgram(scope: Scope, { tiers, earnRules, pointsPercentOfOrder }: BrandPlan): Promise<void> {
  await setProgram(scope, {
    earn: { points: 1, perFen: 100 }, expiry: "months", expiryMonths: 12, spend: { points: 100, fen: 100, step: 100, maxPercent: pointsPercentOfOrder },
    negativePolicy: "show", tierWindowMonths: 12, transferDayLimit: 500,
  });
  // Guests of a story a quarter long fall asleep sooner than others.
  await setLifecycleRules(scope, {
    loyalOrders: 4, loyalMonths: 3, dormantAfterDays: 21, lostAfterDays: 45, restDays: 180,
    actions: { dormant: { tag: "沉睡唤醒", couponTemplateId: null }, loyal: { tag: "常客", couponTemplateId: null } },
  });
  await endCounting(scope);
  for (const { benefits, ...tier } of tiers) await createTier(scope, { ...tier, benefits: [...benefits], condition: "any" });
  for (const { weekdays, ...rule } of earnRules) await createEarnRule(scope, { ...rule, weekdays: [...weekdays] });
}

/** The birthday coupon is handed out, the others may be claimed as well. */
async function draftCoupon(scope: Scope, { body, validity }: CouponPlan, firstDay: Day): Promise<void> {
  const { id } = await createTemplate(scope, {
    ...body,
    validity: "days" in validity ? { kind: "days", days: validity.days }
      : { kind: "fixed", from: addDays(firstDay, validity.fromDay), until: addDays(firstDay, validity.untilDay) },
  });
  await publishTemplate(scope, id);
}

/** The coupons that the brand takes from its business line's pack. */
async function publishOfPack(scope: Scope, { coupons }: BrandPlan): Promise<void> {
  const names = coupons.filter((coupon) => !coupon.validity).map((coupon) => coupon.body.name);
  if (names.length === 0) return;
  for (const { id } of await scope.tx.db.selectFrom("promotions.coupon_template").select("id").where("name", "in", names).orderBy("id").execute()) await publishTemplate(scope, id);
}
