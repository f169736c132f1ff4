import { z } from "zod";

/** 20 = 20 % off = 八折; at most two decimals. */
export const percent = z.number().gt(0).max(100).refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-9, "has at most two decimals");
