import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import type { FieldError } from "../../api/problem.ts";

export type Offer = ConsoleSchemas["Offer"];
export type OfferState = Offer["state"];
export type OfferVersion = ConsoleSchemas["OfferVersion"];
export type RuleVersion = ConsoleSchemas["RuleVersion"];

export interface OfferCheck {
  conflicts: FieldError[];
  warnings: { field: string; code: string; message: string; offerId: string | null; offerName: string | null }[];
}

export const offerQuery = (id: string) => queryOptions({ queryKey: ["/offers", id], queryFn: () => api.get<Offer>(`/offers/${id}`) });

const offersQuery = queryOptions({ queryKey: ["/offers", { limit: 200 }], queryFn: () => api.get<Page<Offer>>("/offers", { limit: 200 }) });

/** Offers to choose from, each with its state. */
export function useOfferOptions(): { value: string; label: string }[] {
  const { t } = useTranslation();
  const offers = useQuery(offersQuery).data?.items ?? [];
  return offers.filter((one) => one.state !== "ended").map((one) => ({ value: one.id, label: `${one.name} · ${t(one.draft ? "offer.hasDraft" : `offerState.${one.state}`)}` }));
}

/** Conflicts of a publication as the editor files them: without the name of the body's field. */
export const ruleErrors = (errors: readonly FieldError[]): FieldError[] => errors.map((one) => ({ ...one, field: one.field.replace(/^definition\./, "") }));
