import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
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
  changes: { field: string; before: string | null; after: string | null }[];
}

export interface OfferCheck {
  conflicts: FieldError[];
  warnings: { field: string; code: string; message: string; offerId: string | null; offerName: string | null }[];
}

export const offerQuery = (id: string) => queryOptions({ queryKey: ["/offers", id], queryFn: () => api.get<Offer>(`/offers/${id}`) });

/** Conflicts of a publication as the editor files them: without the name of the body's field. */
export const ruleErrors = (errors: readonly FieldError[]): FieldError[] => errors.map((one) => ({ ...one, field: one.field.replace(/^definition\./, "") }));
