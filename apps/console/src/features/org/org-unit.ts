import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export interface OrgUnit {
  id: string;
  parentId: string | null;
  kind: "headquarters" | "region" | "city" | "store";
  code: string;
  name: string;
  address?: string | null;
  phone?: string | null;
  openingHours?: string | null;
  state: "active" | "closed";
}

/** What is usually founded below a unit; a store has nothing below it. */
export const childKind: Record<OrgUnit["kind"], OrgUnit["kind"] | null> = { headquarters: "region", region: "city", city: "store", store: null };

export const orgUnitsQuery = queryOptions({ queryKey: ["/org-units"], queryFn: () => api.get<Page<OrgUnit>>("/org-units", { limit: 200 }) });
