import type { Schedule } from "../../kernel/jobs.ts";
import { countLiability, rollLiability } from "./liability.count.ts";

export const schedules: readonly Schedule[] = [
  { name: "insight.liability", cron: "30 0 * * *", zone: "Asia/Shanghai", run: countLiability },
  { name: "insight.liability-roll", cron: "40 * * * *", zone: "Asia/Shanghai", run: rollLiability },
];
