import type { Fen, Instant } from "./cart.ts";

/** Stable codes: part of the wire; never renamed. */
export type ReasonCode =
  | "not-started" | "ended" | "weekday" | "time-slot" | "store" | "channel"
  | "member-required" | "tier" | "segment" | "first-order"
  | "no-items" | "min-amount" | "min-quantity" | "requires-items" | "item-not-in-cart"
  | "code-required" | "not-chosen" | "not-owner" | "pending" | "held" | "redeemed" | "expired" | "void" | "not-yet-valid"
  | "used-up" | "used-by-member" | "per-order" | "exclusive" | "group" | "not-best" | "nothing-left" | "no-fee";

export interface Reason {
  code: ReasonCode;
  message: string;
  missing?: Missing;
}

/** The distance to unlock; only what is lacking is present. */
export interface Missing {
  amountFen?: Fen;
  quantity?: number;
  skus?: readonly string[];
  categories?: readonly string[];
  tags?: readonly string[];
  tierIds?: readonly string[];
  storeIds?: readonly string[];
  channels?: readonly string[];
  /** When it becomes possible. */
  at?: Instant;
}

export type Language = "zh-CN" | "en";

type Text = (missing: Missing) => string;

const zh: Readonly<Record<ReasonCode, string | Text>> = {
  "not-started": "活动未开始", "ended": "活动已结束", "weekday": "今天不适用", "time-slot": "当前时段不适用", "store": "本门店不适用", "channel": "当前渠道不适用",
  "member-required": "仅限会员", "tier": "会员等级未达到", "segment": "不在适用人群内", "first-order": "仅限首单",
  "no-items": "没有适用的商品", "min-amount": ({ amountFen }) => `还差 ${yuan(amountFen ?? 0)} 元`, "min-quantity": ({ quantity }) => `还差 ${quantity ?? 0} 件`,
  "requires-items": "缺少指定商品", "item-not-in-cart": "未点换购或赠送的商品",
  "code-required": "需输入优惠码", "not-chosen": "未选用", "not-owner": "不属于该会员", "pending": "尚未生效", "held": "已被其他订单占用", "redeemed": "已使用",
  "expired": "已过期", "void": "已作废", "not-yet-valid": "未到可用时间",
  "used-up": "已被领完", "used-by-member": "已达每人使用上限", "per-order": "超过每单可用张数", "exclusive": "不与其他优惠同享", "group": "同类优惠中已有更优",
  "not-best": "不用它更划算", "nothing-left": "没有可减的金额", "no-fee": "没有配送费可减",
};

const en: Readonly<Record<ReasonCode, string | Text>> = {
  "not-started": "Not started yet", "ended": "Ended", "weekday": "Not on this day of the week", "time-slot": "Not at this time of day", "store": "Not in this store", "channel": "Not in this channel",
  "member-required": "Members only", "tier": "Tier not reached", "segment": "Not in the audience", "first-order": "First order only",
  "no-items": "No eligible item", "min-amount": ({ amountFen }) => `¥${yuan(amountFen ?? 0)} short`, "min-quantity": ({ quantity }) => `${quantity ?? 0} more to go`,
  "requires-items": "A required item is missing", "item-not-in-cart": "The item is not in the cart",
  "code-required": "Needs its code", "not-chosen": "Not chosen", "not-owner": "Belongs to another member", "pending": "Not active yet", "held": "Held by another order", "redeemed": "Already used",
  "expired": "Expired", "void": "Void", "not-yet-valid": "Not valid yet",
  "used-up": "Used up", "used-by-member": "Limit for this member reached", "per-order": "Too many in one order", "exclusive": "Does not combine with other offers", "group": "A better one of its group applies",
  "not-best": "The order is cheaper without it", "nothing-left": "Nothing left to take off", "no-fee": "No delivery fee",
};

/** One line for people. */
export function reasonText(code: ReasonCode, missing: Missing | undefined, language: Language): string {
  const text = (language === "en" ? en : zh)[code];
  return typeof text === "string" ? text : text(missing ?? {});
}

/** 1250 → "12.5", 10000 → "100". With whole numbers: printing a fraction takes ten times as long, and a quote prints dozens. */
export function yuan(fen: Fen): string {
  if (fen < 0) return `-${yuan(-fen)}`;
  const rest = fen % 100;
  const whole = (fen - rest) / 100;
  if (rest === 0) return String(whole);
  return rest % 10 === 0 ? `${whole}.${rest / 10}` : `${whole}.${rest < 10 ? "0" : ""}${rest}`;
}
