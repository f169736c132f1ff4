import { earnPoints, returnShare } from "../src/index.ts";
import type { Earned, Quote } from "../src/index.ts";
import type { Scene } from "./cart-case.ts";
import type { Json } from "./case.ts";
import { Unsupported } from "./case.ts";
import { programOf } from "./earn-words.ts";
import { CONTEXT, partOf } from "./points-case.ts";
import { spendable } from "./spend.ts";

/** What the cart earns by `given.rule`; nothing without one. */
export function earnedBy({ lines, given, offers, settings }: Scene, quote: Quote): Earned {
  if (given["rule"] === undefined) return { points: 0, lines: lines.map(() => 0), ruleIds: [], rules: [] };
  const isOfOrder = (effect: number): boolean => offers.get(quote.effects[effect]!.name)?.level === "order";
  return earnPoints(lines.map((line, i) => {
    const { netFen, shares } = quote.lines[i]!;
    const ofOrder = shares.reduce((sum, one) => sum + (isOfOrder(one.effect) ? one.amountFen : 0), 0);
    return { ...line, netFen: settings.earnBasis === "in-scope" ? netFen + ofOrder : netFen };
  }), programOf(given["rule"]), CONTEXT);
}

interface Reward {
  points_per_step?: number;
  value_per_point?: number;
  required_points?: number;
}

/** The cost is computed here; what a client claims is not even looked at. Points of an order cannot pay for it unless the setting says so. */
export function pointsSpent(scene: Scene, quote: Quote): number {
  const { given, settings } = scene;
  const reward = given["reward"] as Reward | undefined;
  if (reward === undefined) return 0;
  const balance = Number(given["balance"] ?? 0) + (settings.ownPoints ? earnedBy(scene, quote).points : 0);
  if (reward.required_points !== undefined) return balance >= reward.required_points ? reward.required_points : 0;
  if (reward.points_per_step === undefined || reward.value_per_point === undefined) throw new Unsupported("given.reward without points_per_step and value_per_point");
  return spendable(balance, { stepPoints: reward.points_per_step, stepFen: reward.points_per_step * reward.value_per_point }, quote.totalFen).points;
}

/** Balance after the order, and what its return takes back of the points it earned. */
export function pointsStory(scene: Scene, quote: Quote): { start: number; afterOrder: number; reversed: number; afterRefund: number } {
  const earned = earnedBy(scene, quote);
  const start = Number(scene.given["balance"] ?? 0);
  const afterOrder = start + earned.points - pointsSpent(scene, quote);
  const reversed = scene.given["refund"] === undefined ? 0 : reversedBy(scene.given["refund"], quote, earned);
  return { start, afterOrder, reversed, afterRefund: afterOrder - reversed };
}

function reversedBy(refund: unknown, quote: Quote, earned: Earned): number {
  if (typeof refund === "string" && !quote.lines.some((line) => line.lineId === refund)) {
    const [now, all] = partOf(refund);
    return returnShare(earned.points, all, 0, now);
  }
  const units = refundedUnits(refund, quote);
  return quote.lines.reduce((sum, line, i) => sum + (units.has(line.lineId) ? returnShare(earned.lines[i]!, line.quantity, 0, units.get(line.lineId)!) : 0), 0);
}

export function refundOf(given: Json, quote: Quote): number {
  const { refund } = given;
  if (typeof refund === "string" && !quote.lines.some((line) => line.lineId === refund)) {
    const [now, all] = partOf(refund);
    return returnShare(quote.netFen, all, 0, now);
  }
  const units = refundedUnits(refund, quote);
  return quote.lines.reduce((sum, line) => sum + (units.has(line.lineId) ? returnShare(line.netFen, line.quantity, 0, units.get(line.lineId)!) : 0), 0);
}

/** "b", { b: 1 }, { line: "b", qty: 1 }, { lines: ["a", "b"] }: a line without a number comes back whole. */
function refundedUnits(refund: unknown, quote: Quote): Map<string, number> {
  const all = (id: string): number => {
    const line = quote.lines.find((one) => one.lineId === id);
    if (!line) throw new Unsupported(`given.refund "${id}"`);
    return line.quantity;
  };
  if (typeof refund === "string") return new Map([[refund, all(refund)]]);
  if (Array.isArray(refund)) return new Map(refund.map((id) => [String(id), all(String(id))]));
  const { line, id = line, sku = id, qty, quantity = qty, lines, ...rest } = refund as { line?: string; id?: string; sku?: string; qty?: number; quantity?: number; lines?: unknown } & Json;
  if (lines !== undefined) return refundedUnits(lines, quote);
  if (sku !== undefined) return new Map([[sku, quantity ?? all(sku)]]);
  return new Map(Object.entries(rest).map(([name, count]) => {
    if (typeof count !== "number") throw new Unsupported(`given.refund.${name}`);
    return [name, Math.min(count, all(name))];
  }));
}
