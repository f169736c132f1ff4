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

const LEAVES = /\b(leaves?|removed? from|sign(?:s|ed)? out|log(?:s|ged)? out|becomes? a guest|as (?:a )?guest|detach)/i;
const JOINS = /\b(joins?|added? to|add_to|assign|attach|enters?|sign(?:s|ed)? in|log(?:s|ged)? in|becomes? a member|as (?:a )?member)/i;

/** Reasons in the vocabulary's words. */
const WORDS: Partial<Record<ReasonCode, string>> = {
  "min-amount": "MIN_SPEND", "min-quantity": "MIN_QTY", "requires-items": "MIN_QTY", "group": "EXCLUSIVE_GROUP_ALREADY_APPLIED", "exclusive": "EXCLUSIVE_GROUP_ALREADY_APPLIED",
  "not-owner": "NOT_OWNER", "expired": "COUPON_CODE_EXPIRED", "ended": "COUPON_CODE_EXPIRED", "pending": "PENDING", "used-up": "USAGE_LIMIT", "used-by-member": "NOT_APPLICABLE",
  "member-required": "MEMBER_REQUIRED", "segment": "SEGMENT", "no-items": "NO_ITEMS", "nothing-left": "NOTHING_LEFT",
};

export function wordOf(code: ReasonCode): string {
  return WORDS[code] ?? code.toUpperCase().replaceAll("-", "_");
}

/** The cart while its events are played. */
interface Stage {
  scene: Scene;
  lines: readonly CartLine[];
  /** Promotions in play: automatic ones, and those that were applied. */
  applied: readonly string[];
  segments: readonly string[];
  story: Story;
}

/** One kind of event: what it does to the stage. Text for a refusal, null otherwise. */
type Act = (stage: Stage, words: RegExpExecArray) => string | null;

const done = (change: (stage: Stage, words: RegExpExecArray) => void): Act => (stage, words) => {
  change(stage, words);
  return null;
};

const ACTS: readonly [RegExp, Act][] = [
  [/^(?:set_)?qty(?::(\S+?))?=(\d+)$/, done((stage, [, id, quantity]) => stage.lines = stage.lines.map((line) => (id === undefined || line.id === id ? { ...line, quantity: Number(quantity) } : line)))],
  [/^apply_code[: ](.+)$/, (stage, [, code]) => apply(stage, idByCode(stage.scene, code!))],
  [/^apply coupon requiring (\S+)$/, done((stage, [, sku]) => stage.applied = [...stage.applied, requiring(stage.scene, sku!)])],
  [/^apply$/, (stage) => stage.scene.promotions.reduce<string | null>((refusal, { id }) => apply(stage, id) ?? refusal, null)],
  [/^apply[: ](.+)$/, (stage, [, name]) => apply(stage, idByCode(stage.scene, name!))],
  [/^remove$/, done((stage) => stage.applied = stage.applied.filter((id) => !isManual(stage.scene, id)))],
  [/^remove(?:_code|_promotion)?[: ](\S+)$/, done((stage, [, name]) => {
    const promotion = stage.scene.promotions.find((one) => one.id === name || one.code === name);
    if (promotion) stage.applied = stage.applied.filter((id) => id !== promotion.id);
    else stage.lines = stage.lines.filter((line) => line.id !== name);
  })],
  [/^add[: ](\S+)$/, done((stage, [, id]) => {
    const line = stage.scene.lines.find((one) => one.id === id);
    if (line && !stage.lines.some((one) => one.id === id)) stage.lines = [...stage.lines, line];
  })],
  [/^confirm$/, done(({ story }) => confirm(story))],
  [LEAVES, done((stage) => stage.segments = [])],
  [JOINS, done((stage) => stage.segments = stage.scene.segments)],
  [/^(re-?)?evaluate$/, () => null],
];

/** Plays a case's events on its cart; every evaluation starts clean. */
export function play(scene: Scene, events: readonly string[]): Story {
  const applied = scene.promotions.filter((one) => !isManual(scene, one.id)).map((one) => one.id);
  // Whoever joins in the course of the story was not there before.
  const segments = events.some((event) => JOINS.test(event) && !LEAVES.test(event)) ? [] : scene.segments;
  const story: Story = { totals: [], issued: [], last: quoteWith({ ...scene, segments }, applied), rejected: [], applied: [], balance: 0, balanceBeforeConfirm: 0 };
  const stage: Stage = { scene, lines: scene.lines, applied, segments, story };
  for (const event of events) {
    let refusal: string | null = null;
    for (const step of event.split(";").map((part) => part.trim())) {
      const found = ACTS.map(([pattern, act]) => ({ words: pattern.exec(step), act })).find(({ words }) => words !== null);
      if (!found) throw new Unsupported(`event "${step}"`);
      refusal = found.act(stage, found.words!);
    }
    story.last = quoteWith({ ...scene, segments: stage.segments }, stage.applied, stage.lines);
    story.applied.push(appliedIds(story.last));
    story.totals.push(refusal ?? story.last.totalFen);
    if (event.endsWith("evaluate")) story.issued.push(issuedBy(story.last));
  }
  return story;
}

function isManual(scene: Scene, id: string): boolean {
  return scene.promotions.find((one) => one.id === id)?.trigger === "code";
}

/** Applies a promotion if it would take effect; else it says why not, and the cart stays as it was. */
function apply(stage: Stage, id: string): string | null {
  const { scene, applied, lines, segments, story } = stage;
  if (applied.includes(id) && isManual(scene, id)) return null;
  const quote = quoteWith({ ...scene, segments }, [...applied.filter((one) => one !== id), id], lines);
  const candidate = quote.candidates.find((one) => promotionOf(one.offerId) === id);
  if (candidate?.applied) {
    stage.applied = applied.includes(id) ? applied : [...applied, id];
    return null;
  }
  const reason = candidate?.reasons.map((one) => wordOf(one.code))[0] ?? "UNKNOWN";
  story.rejected.push({ promotion: id, reason });
  return `REJECTED(${reason})`;
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
  const promotion = scene.promotions.find((one) => one.code === code || one.id === code);
  if (!promotion) throw new Unsupported(`code "${code}"`);
  return promotion.id;
}
