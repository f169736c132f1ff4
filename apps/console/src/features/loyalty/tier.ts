import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Page } from "../../api/page.ts";

export type Tier = ConsoleSchemas["Tier"];
export type TierProgram = ConsoleSchemas["TierProgram"];
export type Simulation = ConsoleSchemas["TierSimulation"];

/** An emptied condition is none. */
export const conditionsOf = <Values extends Pick<Tier, "spendFen" | "visits" | "growth">>(values: Values): Values =>
  ({ ...values, spendFen: values.spendFen || null, visits: values.visits || null, growth: values.growth || null });

export const tiersQuery = queryOptions({ queryKey: ["/tiers"], queryFn: () => api.get<Page<Tier>>("/tiers"), staleTime: 60_000 });
export const tierProgramQuery = queryOptions({ queryKey: ["/tier-program"], queryFn: () => api.get<TierProgram>("/tier-program") });
