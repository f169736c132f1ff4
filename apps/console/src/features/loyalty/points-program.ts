import type { ConsoleSchemas } from "@shuke/api";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export type PointsProgram = ConsoleSchemas["PointsProgram"];
export type EarnRule = ConsoleSchemas["EarnRule"];

export const earnSources = ["order", "top-up", "review", "referral", "check-in", "activity"] as const satisfies EarnRule["sources"];

export const programQuery = queryOptions({ queryKey: ["points-program"], queryFn: () => api.get<PointsProgram>("/points-program") });
