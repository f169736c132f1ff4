import { earnPoints, evaluate, returnShare, share } from "../src/index.ts";
import type { EarnContext, EarnLine } from "../src/index.ts";
import type { Json } from "./case.ts";
import { Unsupported } from "./case.ts";
import { programOf } from "./earn-words.ts";
import type { Families } from "./family.ts";
import { burnLots, pointsBalance, takeBack, withBurns } from "./lots.ts";
import type { Lot } from "./lots.ts";
import { number } from "./prepaid-case.ts";
import { rewardCost, spendable } from "./spend.ts";
import type { Settings } from "./setting.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-21T04:00:00Z");
export const CONTEXT: EarnContext = { storeId: "store", channel: "till", member: { tierId: null, segments: [], firstOrder: false }, now: NOW };

export const pointsFamilies: Families = {
  "balance,earn,refund,spend": partRefund,
  "earn,refund": (given) => {
    const [now, all] = partOf(given["refund"]);
    return { points_after: number(given["earn"]) - returnShare(number(given["earn"]), all, 0, now) };
  },
  "balance,claimed_qty,reward": (given) => {
    const { free_qty, required_points } = given["reward"] as { free_qty: number; required_points: number };
    const used = rewardCost(number(given["claimed_qty"]), free_qty, required_points);
    return { points_used: used, balance_after: number(given["balance"]) - used };
  },
  "orders,rule": (given) => ({
    points: (given["orders"] as { code?: string | null; gross?: number }[]).map(({ code, gross }) =>
      earnPoints([lineOf(gross ?? 10_000)], programOf(given["rule"]), { ...CONTEXT, codes: code == null ? [] : [code] }).points),
  }),
  "expire_after_days,orders,rule,then": lots,
  "active,order_points_still_pending,pending,reverse_earned": reversal,
  "net": (given) => ({ ...pointsBalance([lot("a", Math.max(0, number(given["net"])), NOW)], Math.max(0, -number(given["net"])), NOW) }),
  // Points are counted, not rounded like money: what a member holds stays as it is, whatever the currency's smallest coin.
  "currency_rounding,points": (given) => ({ points: pointsBalance([lot("a", number(given["points"]), NOW)], 0, NOW).active }),
  "balance_points,gross,reward,rule": ownPoints,
  "refund,spent": (given) => ({ points_charged_by_refund: chargedByRefund(number(given["spent"]), String(given["refund"])) }),
  "order,rule": refundLines,
};

function lineOf(netFen: number): EarnLine {
  return { sku: "x", category: null, tags: [], quantity: 1, netFen };
}

function lot(id: string, remaining: number, activeFrom: number, expiresAt: number | null = null): Lot {
  return { id, remaining, earnedAt: NOW, activeFrom, expiresAt };
}

/** "all", "half", "1 of 2 units", "25%" as a fraction. */
export function partOf(refund: unknown): [number, number] {
  const text = String(refund);
  const units = /^(\d+) of (\d+)/.exec(text);
  if (units) return [Number(units[1]), Number(units[2])];
  const percent = /^(\d+) ?%/.exec(text);
  if (percent) return [Number(percent[1]), 100];
  if (/^(all|whole|full|true)/.test(text)) return [1, 1];
  if (text.startsWith("half")) return [1, 2];
  if (/^(none|nothing|false)/.test(text)) return [0, 1];
  throw new Unsupported(`given.refund "${text}"`);
}

function partRefund(given: Json): Json {
  const [now, all] = partOf(given["refund"]);
  const earn = number(given["earn"]), spend = number(given["spend"]);
  const after = number(given["balance"]) + earn - spend;
  const reversed = returnShare(earn, all, 0, now), returned = returnShare(spend, all, 0, now);
  return { balance_after_order: after, earned_reversed: reversed, spent_returned: returned, balance_after_refund: after - reversed + returned };
}

/** Each order earns a lot and then redeems from all of them; a day later comes the next. */
function lots(given: Json): Json {
  const match = /^advance (\d+) days?, run expiry$/.exec(String(given["then"]));
  if (!match) throw new Unsupported(`given.then "${String(given["then"])}"`);
  const program = programOf(given["rule"]);
  let held: Lot[] = [];
  const left: number[] = [];
  (given["orders"] as { gross: number; redeem?: number }[]).forEach(({ gross, redeem }, at) => {
    const now = NOW + at;
    const { points } = earnPoints([lineOf(gross)], program, { ...CONTEXT, now });
    held.push({ id: String(at), remaining: points, earnedAt: now, activeFrom: now, expiresAt: now + number(given["expire_after_days"]) * DAY });
    const burns = burnLots(held, redeem ?? 0, now);
    if (burns === null) throw new Unsupported(`redeem ${redeem} beyond the balance`);
    held = withBurns(held, burns);
    left.push(held[at]!.remaining);
  });
  const { active, pending } = pointsBalance(held, 0, NOW + Number(match[1]) * DAY);
  return { lot_left_after: left, balance_after_expiry: active + pending };
}

function reversal(given: Json): Json {
  const stillPending = given["order_points_still_pending"] === true;
  const held = [lot("pending", number(given["pending"]), NOW + DAY), lot("active", number(given["active"]), NOW)];
  const { burns, owed } = takeBack(held, number(given["reverse_earned"]), stillPending ? "pending" : "active", NOW);
  return { ...pointsBalance(withBurns(held, burns), owed, NOW) };
}

/** What the balance, with or without the points that this order earns, can pay of it. */
function ownPoints(given: Json, _: Json, settings: Settings): Json {
  const gross = number(given["gross"]);
  const earned = settings.ownPoints ? earnPoints([lineOf(gross)], programOf(given["rule"]), CONTEXT).points : 0;
  const discount = rewardWorth(given["reward"], number(given["balance_points"]) + earned, gross);
  return { discount, total: gross - discount };
}

interface Reward {
  required_points?: number; points?: number; points_per_step?: number; value_per_point?: number; value?: number; discount?: number; amount?: number; percent?: number; percent_off?: number; type?: string;
}

function rewardWorth(reward: unknown, balance: number, gross: number): number {
  const { required_points, points, points_per_step, value_per_point, value, discount, amount, percent, percent_off, type } = rewardOf(reward);
  const step = required_points ?? points ?? points_per_step ?? 1;
  if (value_per_point !== undefined) return spendable(balance, { stepPoints: step, stepFen: step * value_per_point }, gross).amountFen;
  if (balance < step) return 0;
  const rate = percent ?? percent_off ?? (type === "percent" ? value ?? discount : undefined);
  if (rate !== undefined) return share(gross, Math.round(rate * 100), 10_000);
  const fixed = value ?? discount ?? amount;
  if (fixed === undefined) throw new Unsupported("given.reward without a worth");
  return Math.min(fixed, gross);
}

/** "1.00 per 10 points", "10% for 100 points", "10.00 off for 100 points". */
function rewardOf(reward: unknown): Reward {
  if (typeof reward === "object" && reward !== null) return reward as Reward;
  const text = String(reward);
  const each = /^(\d+(?:\.\d+)?) per (\d+) points?|^(\d+(?:\.\d+)?) per point/.exec(text);
  if (each?.[3]) return { points_per_step: 1, value_per_point: Math.round(Number(each[3]) * 100) };
  if (each) return { points_per_step: Number(each[2]), value_per_point: Number(each[1]) * 100 / Number(each[2]) };
  const once = /^(\d+(?:\.\d+)?)(%)?(?: off)? for (\d+) points?/.exec(text);
  if (!once) throw new Unsupported(`given.reward "${text}"`);
  return once[2] ? { required_points: Number(once[3]), percent: Number(once[1]) } : { required_points: Number(once[3]), value: Math.round(Number(once[1]) * 100) };
}

/** A return only gives back: the part of the order that stays keeps what was spent on it, and nothing is spent anew. */
function chargedByRefund(spent: number, refund: string): number {
  const before = spent;
  const returned = /only|without/.test(refund) ? 0 : returnShare(spent, 1, 0, 1);
  const after = before - returned;
  return Math.max(0, after - before);
}

/** "refund of 2 pens + 2 new pens" against "buy 2 get 1": units that come back are no purchase. */
function refundLines(given: Json): Json {
  const order = /refund of (\d+) (\w+?)s? \+ (\d+) new (\w+?)s?$/.exec(String(given["order"]));
  const rule = /^buy (\d+)(?: \w+)? get (\d+)/.exec(String(given["rule"]));
  if (!order || !rule) throw new Unsupported(`given.order "${String(given["order"])}" with "${String(given["rule"])}"`);
  const line = (id: string, quantity: number, unitPriceFen: number) => ({ id, sku: order[4]!, name: order[4]!, category: null, tags: [], quantity, unitPriceFen });
  const cart = {
    lines: [line("back", Number(order[1]), -1_000), line("new", Number(order[3]), 1_000)], fees: [], channel: "till", storeId: "store", manualDiscountFen: 0, couponIds: [], codes: [],
  };
  const offer = {
    id: "gift", name: "gift", kind: "gift" as const, trigger: "auto" as const, level: "order" as const, everyQuantity: Number(rule[1]),
    gifts: [{ sku: "gift", name: "gift", quantity: Number(rule[2]) }],
  };
  const quote = evaluate(cart, { member: null, coupons: [] }, { version: 1, mode: "pipeline", zone: "Asia/Shanghai", offers: [offer] }, NOW);
  return { claimable: quote.effects.some((effect) => effect.gifts.length > 0) };
}
