import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export type TopUpPlan = ConsoleSchemas["TopUpPlan"];

export const plansQuery = queryOptions({ queryKey: ["/top-up-plans"], queryFn: () => api.get<Page<TopUpPlan>>("/top-up-plans") });
