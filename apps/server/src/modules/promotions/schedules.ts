import type { Schedule } from "../../kernel/jobs.ts";
import { expireCoupons } from "./coupon-ending.ts";

export const schedules: readonly Schedule[] = [
  { name: "promotions.expire", cron: "20 * * * *", zone: "Asia/Shanghai", run: async (scope) => void (await expireCoupons(scope)) },
];
