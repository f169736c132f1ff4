import { z } from "zod";
import { day, id } from "../../kernel/http/wire.ts";

const count = z.int().min(0);
/** Sums of a brand may pass what one order may be. */
const sumFen = z.int().min(0);

const figures = z.object({
  orders: count, netFen: sumFen, refundedFen: sumFen, newMembers: count, memberOrders: count, memberNetFen: sumFen,
}).meta({ id: "DayFigures" });
export type DayFigures = z.input<typeof figures>;

/** `on`: the day that is looked at, today when left out. */
export const dashboardQuery = z.object({ storeId: id.optional(), on: day.optional() });

export const dashboardReply = z.object({
  on: day,
  today: figures,
  yesterday: figures,
  /** The day before until the minute that it is now; null unless `on` is today. */
  untilSameMinute: figures.nullable(),
  /** 30 days up to `on`, the earliest first; days without sales are there too. */
  days: z.array(z.object({ on: day, orders: count, netFen: sumFen, memberNetFen: sumFen, newMembers: count })),
  topStores: z.array(z.object({ storeId: id, name: z.string(), orders: count, netFen: sumFen })),
  /** All 24 hours of `on`. */
  hours: z.array(z.object({ hour: z.int().min(0).max(23), orders: count, netFen: sumFen })),
}).meta({ id: "Dashboard" });
export type Dashboard = z.input<typeof dashboardReply>;
