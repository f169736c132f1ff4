import type { Route } from "../../kernel/http/route.ts";
import type { Schedule } from "../../kernel/jobs.ts";

export { currentProgram, expiryOf, mostPoints, POINTS, pointsWorth, type Program, type Tier } from "./program.ts";
export {
  addToStanding, nextTier, readStandings, tierOf, upgrade, writeStandings, type Standing, type TierChange,
} from "./standing.ts";

export const consoleRoutes = (_parts: object): Route[] => [];
export const memberRoutes = (_parts: object): Route[] => [];
export const openRoutes = (_parts: object): Route[] => [];
export const schedules: readonly Schedule[] = [];
