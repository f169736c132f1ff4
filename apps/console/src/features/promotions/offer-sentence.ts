import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSession } from "../../shell/session.ts";
import { tiersQuery } from "../loyalty/tier.ts";
import { couponSentence } from "./coupon-template.ts";
import type { Offer } from "./offer.ts";

/** An offer as one sentence, before and after it is saved. */
export function useOfferSentence() {
  const { t } = useTranslation();
  const { stores } = useSession();
  const tiers = useQuery(tiersQuery).data?.items ?? [];
  return (offer: Partial<Offer>) => {
    const when = [
      offer.weekdays?.length ? offer.weekdays.map((day) => t(`weekday.${day}`)).join("、") : "",
      offer.from || offer.until ? `${offer.from ?? "…"} – ${offer.until ?? "…"}` : "",
      offer.tierIds?.length ? tiers.filter((tier) => offer.tierIds?.includes(tier.id)).map((tier) => tier.name).join("、") : "",
    ].filter(Boolean);
    const storeNames = stores.filter((store) => offer.storeIds?.includes(store.id)).map((store) => store.name);
    const { kind, amountFen, percentOff, capFen, thresholdFen, categories, channels } = offer;
    const what = couponSentence(t, { kind: kind === "percent-off" ? kind : "amount-off", amountFen: amountFen ?? null, percentOff: percentOff ?? null, capFen: capFen ?? null, thresholdFen: thresholdFen ?? 0, categories: categories ?? [], channels: channels ?? [] }, storeNames);
    return [...when, what].join(t("couponSentence.comma"));
  };
}
