import { hint } from "../../kernel/live.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Teller } from "../platform/index.ts";

const SEAS_MOVED = "sales.seas";

/** Whoever has a list of these pools open hears that it is no longer what it was, not which records: some are none of their business. */
export const tellSeas = (scope: Scope, poolIds: readonly string[]): void => hint(scope, SEAS_MOVED, poolIds);

export const seaTeller: Teller = { can: "seas.read", tell: (_actor, { topic, ids }) => (topic === SEAS_MOVED ? { event: "seas", data: { poolIds: ids } } : undefined) };
