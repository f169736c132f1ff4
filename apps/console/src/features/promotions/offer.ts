import { queryOptions, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";
import type { FieldError } from "../../api/problem.ts";

export type OfferState = "draft" | "live" | "paused" | "ended";

/** What is being written while the published version is in force. */
export interface OfferDraft {
  name: string;
  priority: number;
  definition: object;
  conflicts: FieldError[];
  at: string;
  by: string;
}

/** An automatic discount, or one by code. */
export interface Offer {
  id: string;
  name: string;
  kind: string;
  priority: number;
  state: OfferState;
  /** How often it was published. */
  version: number;
  definition: object;
  draft: OfferDraft | null;
  conflicts: FieldError[];
  isStackable: boolean;
  updatedAt: string;
}

export interface OfferVersion {
  version: number;
  name: string;
  priority: number;
  state: string;
  definition: object;
  note: string | null;
  at: string;
  byName: string | null;
  /** By field of the definition; null where it was not set. */
  changes: { field: string; before: unknown; after: unknown }[];
}

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
