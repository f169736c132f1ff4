import type { ConsoleSchemas } from "@shuke/api";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export type Liability = ConsoleSchemas["Liability"];
export type LiabilityKind = Liability["kinds"][number]["kind"];

export const valueKinds: readonly LiabilityKind[] = ["principal", "bonus", "points", "card"];

export const liabilityQuery = (storeId: string | undefined) =>
  queryOptions({ queryKey: ["liability", storeId ?? null], queryFn: () => api.get<Liability>("/liability", { storeId }), placeholderData: keepPreviousData });
