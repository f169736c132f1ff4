export { currentProgram, expiryOf, mostPoints, POINTS, pointsWorth, type Program, type Tier } from "./program.ts";
export { setProgram } from "./program.settings.ts";
export { createEarnRule } from "./earn-rule.ts";
export { createTier, listTiers } from "./tier.ts";
export {
  addToStanding, nextTier, readStandings, tierOf, upgrade, writeStandings, type Standing, type TierChange,
} from "./standing.ts";
export { tierChangeEvents, schedules, tasks } from "./evaluation.ts";
export { adjustPoints, insufficientPoints } from "./points.ts";
export { getMember360 } from "./member360.view.ts";
export { member360 } from "./member360.schema.ts";
export { consoleRoutes } from "./console.routes.ts";
export { memberRoutes } from "./member.routes.ts";
export { openRoutes } from "./open.routes.ts";
