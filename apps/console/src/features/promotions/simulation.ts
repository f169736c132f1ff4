import type { ConsoleSchemas } from "@shuke/api";
import type { Product } from "../commerce/product.ts";

export interface SimulatedLine {
  lineId: string;
  sku: string;
  name: string;
  category: string | null;
  quantity: number;
  unitPriceFen: number;
}

/** Whose tier and history are assumed; with an id, that member's coupons are in hand. */
export interface Somebody {
  id: string | null;
  name: string;
  tierId: string | null;
  firstOrder: boolean;
}

/** What the page holds; `simulationBody` is what goes over the wire. */
export interface Simulation {
  lines: SimulatedLine[];
  deliveryFen: number;
  storeId: string;
  channel: string;
  codes: string[];
  member: Somebody | null;
  /** null: now. */
  at: string | null;
  /** null: the rules of now. */
  ruleVersion: number | null;
  /** The offer whose draft is tried beside the rules in force. */
  offerId: string | null;
}

type SentCandidate = ConsoleSchemas["SimulatedCart"]["candidates"][number];
/** The distances that the page shows. */
export type Reason = Pick<SentCandidate["reasons"][number], "code" | "message"> & { missing?: { amountFen?: number; quantity?: number; at?: number } };
export type SimulatedCandidate = Omit<SentCandidate, "reasons"> & { reasons: Reason[] };
export type Simulated = Omit<ConsoleSchemas["SimulatedCart"], "candidates"> & { candidates: SimulatedCandidate[] };
export type SimulationResult = Omit<ConsoleSchemas["Simulation"], "live" | "draft"> & { live: Simulated; draft: Simulated | null };
export type KeptSimulation = Omit<ConsoleSchemas["KeptSimulation"], "result"> & { result: SimulationResult };

export const emptySimulation = (storeId: string): Simulation => ({
  lines: [], deliveryFen: 0, storeId, channel: "till", codes: [], member: null, at: null, ruleVersion: null, offerId: null,
});

interface Drafted {
  id: string;
  name: string;
  priority: number;
  definition: object;
  draft: { name: string; priority: number; definition: object } | null;
}

/** What the server prices. `page` rides along so that a link opens the page as it was. */
export function simulationBody(simulation: Simulation, offer: Drafted | null) {
  const { lines, deliveryFen, storeId, channel, codes, member, at, ruleVersion } = simulation;
  const written = offer?.draft ?? offer;
  return {
    lines, storeId, channel, codes, fees: deliveryFen > 0 ? [{ kind: "delivery", amountFen: deliveryFen }] : [],
    member: member && { id: member.id, tierId: member.tierId, firstOrder: member.firstOrder }, at, ruleVersion,
    draft: written && offer ? { id: offer.id, name: written.name, priority: written.priority, definition: written.definition } : null,
  };
}

/** A kept body as the page holds it. */
export function simulationOf(body: Record<string, unknown>): Simulation {
  const input = body as unknown as ReturnType<typeof simulationBody>;
  return {
    lines: input.lines, storeId: input.storeId, channel: input.channel, codes: input.codes, at: input.at, ruleVersion: input.ruleVersion ?? null,
    deliveryFen: input.fees[0]?.amountFen ?? 0, member: input.member ? { ...input.member, name: "" } : null, offerId: input.draft?.id ?? null,
  };
}

export function withProduct(lines: readonly SimulatedLine[], product: Pick<Product, "sku" | "name" | "category" | "unitPriceFen">): SimulatedLine[] {
  const known = lines.find((line) => line.sku === product.sku);
  if (known) return lines.map((line) => (line === known ? { ...line, quantity: line.quantity + 1 } : line));
  const lineId = String(Math.max(0, ...lines.map((line) => Number(line.lineId) || 0)) + 1);
  return [...lines, { lineId, sku: product.sku, name: product.name, category: product.category, quantity: 1, unitPriceFen: product.unitPriceFen }];
}
