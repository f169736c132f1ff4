import { evaluate, type Offer, type ReasonCode, type RuleSet } from "@shuke/offers";
import type { z } from "zod";
import type { Scope } from "../../kernel/scope.ts";
import type { walletReason } from "./wallet.schema.ts";

type WalletReason = z.input<typeof walletReason>;

/** What can be said without knowing the dishes, the store and the tier. */
const SAYABLE: ReadonlySet<ReasonCode> = new Set<ReasonCode>(["not-started", "ended", "weekday", "time-slot", "min-amount"]);
const ONE_DISH = "anything";

/** What a coupon would take off a bill of so much, or why not yet: by the offer engine, on a cart that holds whatever the coupon is for. */
export function worthOf(offer: Offer, { now, zone }: Pick<Scope, "now" | "zone">, billFen: number | undefined): { worthFen: number | null; reasons: WalletReason[] } {
  const rules: RuleSet = { version: 0, mode: "pipeline", offers: [], zone };
  const scope = { ...offer.scope, stores: null, channels: null, tiers: null, segments: null, firstOrder: null, skus: null, categories: null, tags: null };
  const probe: Offer = { ...offer, scope };
  const bill = billFen ?? offer.threshold?.amountFen ?? 0;
  const quote = evaluate(
    {
      lines: [{ id: "1", sku: ONE_DISH, name: "", category: null, tags: [], quantity: 1, unitPriceFen: bill }], fees: [], channel: "", storeId: "",
      manualDiscountFen: 0, couponIds: ["1"], codes: [],
    },
    { member: null, coupons: [{ id: "1", offer: probe, state: "issued", validFromAt: null, validUntilAt: null }] }, rules, now.getTime());
  const reasons = (quote.candidates[0]?.reasons ?? []).filter((one) => SAYABLE.has(one.code) && (one.code !== "min-amount" || billFen !== undefined));
  return {
    worthFen: billFen === undefined ? null : quote.discountFen,
    reasons: reasons.map(({ code, message, missing }) => ({
      code, message, ...(missing?.amountFen || missing?.at ? { missing: {
        ...(missing.amountFen ? { amountFen: missing.amountFen } : {}), ...(missing.at ? { at: new Date(missing.at).toISOString() } : {}),
      } } : {}),
    })),
  };
}
