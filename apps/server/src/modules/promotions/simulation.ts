import { chooseCoupons, evaluate, prepare, type Cart, type CouponInHand, type PreparedRules, type Quote, type Snapshot } from "@shuke/offers";
import type { z } from "zod";
import { fieldProblem, notFound } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { couponsById, couponsInHand, inHand } from "./coupon.ts";
import { engineOffer } from "./offer.definition.ts";
import { currentRules, rulesOfVersion } from "./rules.ts";
import type { keptSimulation, SimulationBody, simulationReply } from "./simulation.schema.ts";

type Result = z.input<typeof simulationReply>;

/** Prices a made-up cart with every reason, with the rules in force and, when one is given, with a draft among them. Takes and writes nothing. */
export async function simulate(scope: Scope, body: SimulationBody): Promise<Result> {
  const rules = body.ruleVersion == null ? await currentRules(scope) : await rulesOfVersion(scope, body.ruleVersion);
  const at = body.at ? new Date(body.at) : scope.now;
  const snapshot: Snapshot = {
    member: body.member ? { id: body.member.id ?? "somebody", tierId: body.member.tierId ?? null, segments: body.member.segments, firstOrder: body.member.firstOrder } : null,
    coupons: await couponsOf(scope, body, at),
  };
  const couponIds = body.couponIds ?? chooseCoupons(cartOf(body, []), snapshot, rules, at.getTime());
  const cart = cartOf(body, couponIds);
  const live = evaluate(cart, snapshot, rules, at.getTime());
  const draft = body.draft ? withDraft(body.draft, rules, (other) => evaluate(cart, snapshot, other, at.getTime())) : null;
  return {
    at: at.toISOString(), ruleVersion: rules.version, mode: rules.mode, couponIds: [...couponIds],
    live: view(live, cart), draft: draft && view(draft, cart), differenceFen: draft && draft.totalFen - live.totalFen,
  };
}

/** Keeps a simulation as it came out, for whoever gets its link. */
export async function keepSimulation(scope: Scope, body: SimulationBody): Promise<z.input<typeof keptSimulation>> {
  const result = await simulate(scope, body);
  const id = newId<"simulation">(scope);
  await scope.tx.db.insertInto("promotions.simulation").values({
    id, input: JSON.stringify(body), result: JSON.stringify(result), at: scope.now, by_actor: actorRef(scope.actor),
  }).execute();
  return { id, input: body, result, at: scope.now.toISOString(), by: actorRef(scope.actor) };
}

/** Throws `notFound`. */
export async function getSimulation(scope: Scope, id: string): Promise<z.input<typeof keptSimulation>> {
  const [row] = await scope.tx.rows<{ input: SimulationBody; result: Result; at: Date; by_actor: string }>(
    "select input, result, at, by_actor from promotions.simulation where tenant_id = $1 and id = $2", [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such simulation" });
  return { id, input: row.input, result: row.result, at: row.at.toISOString(), by: row.by_actor };
}

async function couponsOf(scope: Scope, { member, couponIds }: SimulationBody, at: Date): Promise<CouponInHand[]> {
  const own = member?.id ? await couponsInHand(scope, member.id) : [];
  const strangers = (couponIds ?? []).filter((id) => !own.some((coupon) => coupon.id === id));
  return [...own, ...(await couponsById(scope, strangers))].map((coupon) => inHand(coupon, at, ""));
}

function cartOf(body: SimulationBody, couponIds: readonly string[]): Cart {
  return {
    lines: body.lines.map((line, at) => ({ ...line, id: line.lineId ?? String(at + 1), category: line.category ?? null })),
    fees: body.fees, storeId: body.storeId, channel: body.channel, codes: body.codes, manualDiscountFen: body.manualDiscountFen, couponIds,
  };
}

const DRAFT = "draft";

/** The rules with the draft in them. One that the engine cannot read is refused at its field. */
function withDraft({ id, name, priority, definition }: NonNullable<SimulationBody["draft"]>, { rules }: PreparedRules, run: (rules: PreparedRules) => Quote): Quote {
  const offer = engineOffer(definition, { id: id ?? DRAFT, name, priority });
  try {
    return run(prepare({ ...rules, offers: [...rules.offers.filter((other) => other.id !== offer.id), offer] }));
  } catch (error) {
    if (error instanceof RangeError) throw fieldProblem("draft.definition", "invalid", error.message);
    throw error;
  }
}

function view(quote: Quote, cart: Cart): Result["live"] {
  const { grossFen, discountFen, netFen, feesFen, totalFen } = quote;
  return {
    grossFen, discountFen, netFen, feesFen, totalFen,
    lines: quote.lines.map((line, at) => ({
      lineId: line.lineId, sku: line.sku, name: cart.lines[at]?.name ?? "", quantity: line.quantity, grossFen: line.grossFen, discountFen: line.discountFen, netFen: line.netFen,
    })),
    effects: quote.effects.map(({ kind, level, offerId, couponId, name, amountFen, lines, gifts, issues }) => ({ kind, level, offerId, couponId, name, amountFen, lines, gifts, issues })),
    candidates: quote.candidates.map((one) => ({
      ...one, reasons: one.reasons.map(({ code, message, missing }) => ({ code, message, ...(missing ? { missing: { ...missing } as Record<string, unknown> } : {}) })),
    })),
    certificate: quote.proof.search,
  };
}
