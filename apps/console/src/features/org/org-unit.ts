import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export type OrgUnit = ConsoleSchemas["Unit"];

/** What is usually founded below a unit; a store has nothing below it. */
export const childKind: Record<OrgUnit["kind"], OrgUnit["kind"] | null> = { headquarters: "region", region: "city", city: "store", store: null };

export const orgUnitsQuery = queryOptions({ queryKey: ["/org-units"], queryFn: () => api.get<Page<OrgUnit>>("/org-units", { limit: 200 }) });
