import type { CartLine, Quote, ReasonCode } from "../src/index.ts";
import { appliedIds, promotionOf, quoteWith } from "./cart-case.ts";
import type { Scene } from "./cart-case.ts";
import { Unsupported } from "./case.ts";

/** What happened to a cart, event by event. */
export interface Story {
  /** Total after each event; a refusal as "REJECTED(CODE)". */
  totals: (number | string)[];
  /** Coupons to be issued, after each evaluation. */
  issued: number[];
  last: Quote;
  rejected: { promotion: string; reason: string }[];
  /** Promotions in the quote after each event. */
  applied: string[][];
  /** Coupons in hand: a quote only announces them, confirming issues them. */
  balance: number;
  balanceBeforeConfirm: number;
}

/** Reasons in the vocabulary's words. */
const WORDS: Partial<Record<ReasonCode, string>> = {
  "min-amount": "MIN_SPEND", "min-quantity": "MIN_QTY", "requires-items": "MIN_QTY", "group": "EXCLUSIVE_GROUP_ALREADY_APPLIED", "exclusive": "EXCLUSIVE_GROUP_ALREADY_APPLIED",
  "not-owner": "NOT_OWNER", "expired": "COUPON_CODE_EXPIRED", "ended": "COUPON_CODE_EXPIRED", "pending": "PENDING", "used-up": "USAGE_LIMIT", "used-by-member": "NOT_APPLICABLE",
  "member-required": "MEMBER_REQUIRED", "segment": "SEGMENT", "no-items": "NO_ITEMS", "nothing-left": "NOTHING_LEFT",
};

export function wordOf(code: ReasonCode): string {
  return WORDS[code] ?? code.toUpperCase().replaceAll("-", "_");
}

/** Plays a case's events on its cart; every evaluation starts clean. */
export function play(scene: Scene, events: readonly string[]): Story {
  const isManual = (id: string): boolean => scene.promotions.find((one) => one.id === id)?.trigger === "code";
  let applied = scene.promotions.filter((one) => !isManual(one.id)).map((one) => one.id);
  let lines: readonly CartLine[] = scene.lines;
  const story: Story = { totals: [], issued: [], last: quoteWith(scene, applied, lines), rejected: [], applied: [], balance: 0, balanceBeforeConfirm: 0 };
  const apply = (id: string): string | null => {
    const quote = quoteWith(scene, [...applied, id], lines);
    const candidate = quote.candidates.find((one) => promotionOf(one.offerId) === id);
    if (candidate?.applied) {
      applied = [...applied, id];
      return null;
    }
    const reason = candidate?.reasons.map((one) => wordOf(one.code))[0] ?? "UNKNOWN";
    story.rejected.push({ promotion: id, reason });
    return `REJECTED(${reason})`;
  };
  for (const event of events) {
    let refusal: string | null = null;
    for (const step of event.split(";").map((part) => part.trim())) {
      const quantity = /^(?:set_)?qty(?::(\S+?))?=(\d+)$/.exec(step);
      if (quantity) lines = lines.map((line) => (quantity[1] === undefined || line.id === quantity[1] ? { ...line, quantity: Number(quantity[2]) } : line));
      else if (step.startsWith("apply_code:")) refusal = apply(idByCode(scene, step.slice("apply_code:".length)));
      else if (step.startsWith("apply:")) refusal = apply(step.slice("apply:".length));
      else if (step.startsWith("apply coupon requiring ")) applied = [...applied, requiring(scene, step.slice("apply coupon requiring ".length))];
      else if (step === "apply") for (const { id } of scene.promotions) refusal = apply(id);
      else if (step === "remove") applied = applied.filter((id) => !isManual(id));
      else if (/^remove \S+$/.test(step)) lines = lines.filter((line) => line.id !== step.slice("remove ".length));
      else if (step === "confirm") confirm(story);
      else if (step !== "evaluate" && step !== "re-evaluate") throw new Unsupported(`event "${step}"`);
    }
    story.last = quoteWith(scene, applied, lines);
    story.applied.push(appliedIds(story.last));
    story.totals.push(refusal ?? story.last.totalFen);
    if (event.endsWith("evaluate")) story.issued.push(issuedBy(story.last));
  }
  return story;
}

function confirm(story: Story): void {
  story.balanceBeforeConfirm = story.balance;
  story.balance += issuedBy(story.last);
}

function issuedBy(quote: Quote): number {
  return quote.effects.reduce((sum, effect) => sum + effect.issues.reduce((count, one) => count + one.count, 0), 0);
}

/** A coupon that gives something beside its item: without the item it falls away. */
function requiring(scene: Scene, sku: string): string {
  const id = `requires-${sku}`;
  scene.offers.set(id, { id: `0000:${id}`, name: id, kind: "gift", trigger: "auto", level: "order", scope: { skus: [sku] }, everyQuantity: 1, gifts: [{ sku: "gift", name: "gift", quantity: 1 }] });
  return id;
}

function idByCode(scene: Scene, code: string): string {
  const promotion = scene.promotions.find((one) => one.code === code);
  if (!promotion) throw new Unsupported(`code "${code}"`);
  return promotion.id;
}
