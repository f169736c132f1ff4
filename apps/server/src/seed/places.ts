import type { Actor, Scope } from "../kernel/scope.ts";
import { findByIdentities } from "../modules/customers/identity.ts";
import type { BrandPlan, CouponPlan } from "./brand.ts";
import type { Guest } from "./guests.ts";

/** What the story needs to know of what is in the database: read, not remembered, so that a killed telling can go on. */
export interface Places {
  storeIds: Map<string, string>;
  cashiers: Map<string, Actor>;
  managers: Map<string, Actor>;
  templateIds: Map<CouponPlan["key"], string>;
  planIds: string[];
  /** By phone; grows as guests join. */
  memberIds: Map<string, string>;
}

export async function readPlaces(scope: Scope, brand: BrandPlan, guests: readonly Guest[]): Promise<Places> {
  const { db } = scope.tx;
  const storeIds = new Map((await db.selectFrom("org.unit").select(["id", "code"]).where("kind", "=", "store").execute()).map((row) => [row.code, row.id]));
  const staff = new Map((await db.selectFrom("org.staff").select(["id", "account", "name"]).execute()).map((row) => [row.account, row]));
  const templates = new Map((await db.selectFrom("promotions.coupon_template").select(["id", "name"]).execute()).map((row) => [row.name, row.id]));
  const plans = await db.selectFrom("payments.top_up_plan").select("id").orderBy("position").execute();
  const actorOf = (account: string, storeCode: string): Actor => {
    const found = staff.get(account);
    if (!found) throw new Error(`Nobody has the account ${account}`);
    return {
      kind: "staff", staffId: found.id, name: found.name, permissions: new Set(), sessionId: "",
      dataScope: { kind: "store", storeIds: [storeIds.get(storeCode) ?? ""], roots: [] },
    };
  };
  return {
    storeIds, planIds: plans.map((plan) => plan.id),
    cashiers: new Map(brand.stores.map(({ code }) => [code, actorOf(`sy-${code.toLowerCase()}`, code)])),
    managers: new Map(brand.stores.map(({ code }) => [code, actorOf(`dz-${code.toLowerCase()}`, code)])),
    templateIds: new Map(brand.coupons.map(({ key, body }) => [key, templates.get(body.name) ?? ""])),
    memberIds: await findByIdentities(scope, "phone", guests.map((guest) => guest.phone)),
  };
}
