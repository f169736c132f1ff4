import { Counter, type Registry } from "prom-client";
import type { DeskStatistics, SettlementDesk } from "./desk.ts";

const HELP: Record<keyof DeskStatistics, string> = {
  batches: "Transactions that settled orders", orders: "Orders settled", refused: "Orders refused with a reason", bisections: "Batches cut in halves to find a bad order",
};

/** Shows a desk's statistics; orders over batches is how many orders share a commit. */
export function settlementMetrics(desk: SettlementDesk, registry: Registry): void {
  for (const name of Object.keys(HELP) as (keyof DeskStatistics)[]) {
    const counter: Counter = new Counter({
      name: `settlement_${name}_total`, help: HELP[name], registers: [registry],
      collect: () => {
        counter.reset();
        counter.inc(desk.statistics[name]);
      },
    });
  }
}
