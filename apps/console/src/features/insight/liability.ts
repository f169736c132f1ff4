import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client.ts";

export type LiabilityKind = "points" | "principal" | "bonus" | "card" | "coupon";

interface Sums {
  amount: number;
  valueFen: number;
}

export interface Liability {
  countedAt: string | null;
  at: string;
  pointWorth: { fen: number; points: number };
  totalFen: number;
  kinds: (Sums & { kind: LiabilityKind; breakagePercent: number | null; breakageFen: number | null })[];
  months: (Sums & { month: string; kind: LiabilityKind })[];
  stores: { storeId: string; name: string; totalFen: number; parts: (Sums & { kind: LiabilityKind })[] }[];
  things: (Sums & { kind: LiabilityKind; subjectId: string; name: string })[];
  trend: { on: string; parts: { kind: LiabilityKind; valueFen: number }[] }[];
}

export const valueKinds: readonly LiabilityKind[] = ["principal", "bonus", "points", "card"];

export const liabilityQuery = (storeId: string | undefined) =>
  queryOptions({ queryKey: ["liability", storeId ?? null], queryFn: () => api.get<Liability>("/liability", { storeId }), placeholderData: keepPreviousData });
