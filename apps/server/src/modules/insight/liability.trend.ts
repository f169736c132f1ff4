import { addDays, addMonths, monthOf, type Day } from "../../kernel/days.ts";
import type { Flow } from "./breakage.ts";
import type { Liability, LiabilityKind } from "./liability.schema.ts";

interface Past {
  /** Nights that were the last of their month. */
  snapshots: readonly { on: Day; kind: LiabilityKind; value_fen: number }[];
  flows: readonly Flow[];
  /** What the ledger has moved since the count. */
  moved: readonly { kind: LiabilityKind; amount: number }[];
  kinds: Liability["kinds"];
  worth: { fen: number; points: number };
}

/** What the ledger keeps every movement of: its past is what is there now, less what has come since. */
const KEPT: readonly LiabilityKind[] = ["points", "principal", "bonus"];

/** The end of each month that anything moved in, and today. Of cards and coupons only the nights that were counted are known. */
export function trendOf({ snapshots, flows, moved, kinds, worth }: Past, today: Day): Liability["trend"] {
  const trend = [{ on: today, parts: kinds.map(({ kind, valueFen }) => ({ kind, valueFen })) }];
  const first = flows[0]?.month ?? monthOf(today);
  const amounts = new Map(KEPT.map((kind) => [kind, (kinds.find((one) => one.kind === kind)?.amount ?? 0) - sum(moved, kind)]));
  for (let month = monthOf(today); month > first; month = monthOf(addMonths(`${month}-01`, -1))) {
    for (const kind of KEPT) amounts.set(kind, (amounts.get(kind) ?? 0) - sum(flows.filter((flow) => flow.month === month), kind));
    const on = addDays(`${month}-01`, -1);
    const counted = snapshots.filter((one) => one.on === on && !KEPT.includes(one.kind)).map((one) => ({ kind: one.kind, valueFen: one.value_fen }));
    trend.unshift({ on, parts: [...KEPT.map((kind) => ({ kind, valueFen: valueOf(kind, amounts.get(kind) ?? 0, worth) })), ...counted] });
  }
  return trend;
}

const sum = (rows: readonly { kind: LiabilityKind; amount: number }[], kind: LiabilityKind): number =>
  rows.filter((row) => row.kind === kind).reduce((total, row) => total + row.amount, 0);

const valueOf = (kind: LiabilityKind, amount: number, worth: Past["worth"]): number => (kind === "points" ? Math.round((amount * worth.fen) / worth.points) : amount);
