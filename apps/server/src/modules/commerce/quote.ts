import { chooseCoupons, earnPoints, evaluate, type Candidate, type Quote, type Snapshot } from "@shuke/offers";
import { invalid } from "../../kernel/problem.ts";
import { demandStore, type Scope } from "../../kernel/scope.ts";
import { getMember } from "../customers/index.ts";
import { currentProgram, earningContext, nextTier, readStandings, tierOf, type Program } from "../loyalty/index.ts";
import { findStore, type Store } from "../org/index.ts";
import { couponsById, couponsInHand, currentRules, inHand, type Coupon } from "../promotions/index.ts";
import { engineCart, quoteHash, refuseCart } from "./cart.ts";
import { followMerge, nameMember } from "./cart.member.ts";
import { discountLimitOf, refuseDiscount } from "./discount-limit.ts";
import { endHold } from "./hold.ts";
import type { CartWire, QuoteWire } from "./cart.schema.ts";
import { memberUnusable, orderExists, quoteHeld, unknownMember, unknownStore } from "./order.ts";
import { readPurse, suggestTenders, tenderCandidates, type Purse } from "./purse.ts";

/** What `commerce.quote.cart` holds: the wire's cart, its store resolved and its coupons chosen. */
export interface StoredCart extends CartWire {
  storeId: string;
  couponIds: string[];
}

export async function storeOf(scope: Scope, cart: Pick<CartWire, "storeId" | "storeCode">): Promise<Store> {
  const store = await findStore(scope, cart.storeId ?? cart.storeCode ?? "");
  if (!store) throw unknownStore({ store: cart.storeId ?? cart.storeCode });
  demandStore(scope.actor, store.id);
  return store;
}

/** Prices a cart and keeps the quote for `:hold` and `:commit`. Always dry: nothing is taken. */
export async function putQuote(scope: Scope, orderId: string, asked: CartWire): Promise<QuoteWire> {
  refuseCart(asked);
  await refuseTaken(scope, orderId);
  const wire = await nameMember(scope, orderId, asked);
  const store = await storeOf(scope, wire);
  refuseDiscount(scope.actor, store.id, wire);
  const priced = await followMerge(wire, (run) => run(scope), (cart) => priceCart(scope, orderId, cart, store.id));
  const { db } = scope.tx;
  const row = {
    cart: JSON.stringify(priced.cart), quote: JSON.stringify(priced.quote), quote_hash: priced.wire.quoteHash, member_id: priced.cart.memberId ?? null,
    state: "open", held_until: null, parked_at: null, at: scope.now,
  };
  await db.insertInto("commerce.quote").values({ order_id: orderId, ...row })
    .onConflict((conflict) => conflict.columns(["tenant_id", "order_id"]).doUpdateSet(row)).execute();
  return priced.wire;
}

async function refuseTaken(scope: Scope, orderId: string): Promise<void> {
  const { db } = scope.tx;
  const [order, quote] = await Promise.all([
    db.selectFrom("commerce.order").select("id").where("id", "=", orderId).executeTakeFirst(),
    db.selectFrom("commerce.quote").select(["state", "held_until"]).where("order_id", "=", orderId).forUpdate().executeTakeFirst(),
  ]);
  if (order) throw orderExists({ orderId });
  if (quote?.state !== "held") return;
  if (quote.held_until && quote.held_until > scope.now) throw quoteHeld({ orderId });
  // What the old cart held is found by the old cart, which is about to be overwritten.
  await endHold(scope, orderId);
}

interface Priced {
  cart: StoredCart;
  quote: Quote;
  wire: QuoteWire;
}

interface Guest {
  id: string;
  name: string;
  snapshot: NonNullable<Snapshot["member"]>;
  view: NonNullable<QuoteWire["member"]>;
  purse: Purse;
  coupons: Coupon[];
  earning: Awaited<ReturnType<typeof earningContext>>;
}

async function priceCart(scope: Scope, orderId: string, wire: CartWire, storeId: string): Promise<Priced> {
  const program = await currentProgram(scope);
  const rules = await currentRules(scope);
  const guest = wire.memberId ? await guestOf(scope, wire.memberId, program) : undefined;
  const strangers = (wire.couponIds ?? []).filter((id) => !guest?.coupons.some((coupon) => coupon.id === id));
  const coupons = [...(guest?.coupons ?? []), ...(await couponsById(scope, strangers))];
  refuseUnknownCoupons(wire, coupons);
  const snapshot: Snapshot = { member: guest?.snapshot ?? null, coupons: coupons.map((coupon) => inHand(coupon, scope.now, orderId)) };
  const at = scope.now.getTime();
  const couponIds = wire.couponIds ?? chooseCoupons(engineCart(wire, storeId, []), snapshot, rules, at);
  const cart = engineCart(wire, storeId, couponIds);
  const quote = evaluate(cart, snapshot, rules, at, { explain: true });
  const earned = earnPoints(cart.lines.map((line, i) => ({ ...line, netFen: quote.lines[i]?.netFen ?? 0 })), program.earning,
    { storeId, channel: wire.channel, now: at, codes: wire.codes, left: guest?.earning.left, member: snapshot.member && { ...snapshot.member, birthday: guest?.earning.birthday } });
  return {
    cart: { ...wire, storeId, couponIds: [...couponIds] }, quote,
    wire: {
      orderId, quoteHash: quoteHash(quote), ruleVersion: rules.version, mode: rules.mode, state: "open", heldUntil: null, storeId,
      channel: wire.channel, couponIds: [...couponIds],
      lines: quote.lines.map((line, i) => ({
        lineId: line.lineId, sku: line.sku, name: wire.lines[i]?.name ?? "", category: wire.lines[i]?.category ?? null, quantity: line.quantity,
        unitPriceFen: wire.lines[i]?.unitPriceFen ?? 0, grossFen: line.grossFen, discountFen: line.discountFen, netFen: line.netFen,
        pointsEarned: earned.lines[i] ?? 0,
      })),
      fees: quote.fees.map((fee) => ({ kind: fee.kind, amountFen: fee.amountFen, netFen: fee.netFen })),
      grossFen: quote.grossFen, discountFen: quote.discountFen, feesFen: quote.feesFen, netFen: quote.netFen, dueFen: quote.totalFen,
      effects: quote.effects.map(({ kind, offerId, couponId, name, amountFen, lines }) => ({ kind, offerId, couponId, name, amountFen, lines })),
      candidates: [...quote.candidates.map(candidateView), ...(guest ? tenderCandidates(program, quote.totalFen, guest.purse) : [])],
      discountLimit: discountLimitOf(scope.actor, storeId, wire.lines), pointsEarned: earned.points, tenderSuggestion: guest ? suggestTenders(program, quote.totalFen, guest.purse) : [], member: guest?.view ?? null, at: scope.now.toISOString(),
    },
  };
}

async function guestOf(scope: Scope, memberId: string, program: Program): Promise<Guest> {
  const [member, standings, purse, coupons, earning] = await Promise.all([
    getMember(scope, memberId).catch(() => undefined), readStandings(scope, [memberId]), readPurse(scope, memberId), couponsInHand(scope, memberId), earningContext(scope, program, memberId),
  ]);
  const standing = standings.get(memberId);
  if (!member || !standing) throw unknownMember({ memberId });
  if (member.state !== "active") throw memberUnusable({ memberId, state: member.state });
  const tier = tierOf(program, standing.tierId);
  return {
    id: memberId, name: member.name, purse, coupons, earning,
    snapshot: { id: memberId, tierId: tier?.id ?? null, segments: [], firstOrder: standing.orders === 0 },
    view: {
      id: memberId, name: member.name, tier: tier?.name ?? null, points: purse.points, storedValueFen: purse.storedValueFen, expiring: purse.expiring,
      nextTier: nextTier(standing, program, scope.now, scope.zone) as NonNullable<QuoteWire["member"]>["nextTier"],
    },
  };
}

function refuseUnknownCoupons(wire: CartWire, coupons: readonly Coupon[]): void {
  const errors = (wire.couponIds ?? []).flatMap((id, at) =>
    coupons.some((coupon) => coupon.id === id) ? [] : [{ field: `couponIds.${at}`, code: "unknown", message: "no such coupon" }]);
  if (errors.length > 0) throw invalid({ errors });
}

const candidateView = (candidate: Candidate): QuoteWire["candidates"][number] => ({
  id: candidate.id, kind: candidate.kind, name: candidate.name, applies: candidate.applies, applied: candidate.applied,
  amountFen: Math.max(0, candidate.amountFen),
  reasons: candidate.reasons.map((reason) => ({
    code: reason.code, message: reason.message, ...(reason.missing ? { missing: { ...reason.missing } as Record<string, unknown> } : {}),
  })),
});

/** The stored cart of a quote; none once it was paid. */
export async function findQuoteCart(scope: Scope, orderId: string): Promise<StoredCart | undefined> {
  const row = await scope.tx.db.selectFrom("commerce.quote").select("cart").where("order_id", "=", orderId).executeTakeFirst();
  return row?.cart as StoredCart | undefined;
}
