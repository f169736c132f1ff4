import type { TFunction } from "i18next";
import { formatFen } from "../../design/money.ts";

export interface CouponTemplate {
  id: string;
  name: string;
  kind: "amount-off" | "percent-off" | "exchange";
  amountFen?: number | null;
  /** 20 = 20 % off = 八折. */
  percentOff?: number | null;
  capFen?: number | null;
  thresholdFen: number;
  exchange?: { sku: string } | null;
  validity: { kind: "days"; days: number } | { kind: "fixed"; from: string; until: string };
  storeIds: string[];
  categories: string[];
  channels: string[];
  stock: number | null;
  perMember: number | null;
  issued: number;
  redeemed: number;
  isClaimable: boolean;
  isStackable: boolean;
  state: "draft" | "live" | "ended";
  sentence: string;
  sentenceEn: string;
  /** What is odd but allowed, as the server sees it. */
  warnings: { field: string; message: string }[];
}

export const channels = ["till", "h5", "mini-program", "takeaway", "pos", "retail"] as const;

/** What the coupon does, in one sentence, while it is being written. Live templates show the server's own sentence. */
export function couponSentence(t: TFunction, draft: Partial<CouponTemplate>, storeNames: string[]): string {
  const parts = [
    benefit(t, draft),
    draft.categories?.length ? t("couponSentence.categories", { names: draft.categories.join("、") }) : "",
    storeNames.length ? t("couponSentence.stores", { names: storeNames.join("、") }) : "",
    draft.channels?.length ? t("couponSentence.channels", { names: draft.channels.map((one) => t(`channel.${one}`)).join("、") }) : "",
    validityText(t, draft.validity),
    draft.perMember ? t("couponSentence.perMember", { count: draft.perMember }) : "",
    draft.stock ? t("couponSentence.stock", { count: draft.stock }) : "",
  ];
  return parts.filter(Boolean).join(t("couponSentence.comma")) + t("couponSentence.stop");
}

function benefit(t: TFunction, draft: Partial<CouponTemplate>): string {
  const threshold = draft.thresholdFen ? t("couponSentence.threshold", { amount: formatFen(draft.thresholdFen) }) : t("couponSentence.noThreshold");
  if (draft.kind === "percent-off") {
    const off = draft.percentOff ?? 0;
    const cap = draft.capFen ? t("couponSentence.cap", { amount: formatFen(draft.capFen) }) : "";
    return threshold + t("couponSentence.percentOff", { off, fold: foldText(off) }) + cap;
  }
  if (draft.kind === "exchange") return threshold + t("couponSentence.exchange", { sku: draft.exchange?.sku ?? "…" });
  return threshold + t("couponSentence.amountOff", { amount: formatFen(draft.amountFen ?? 0) });
}

/** 20 % off is 8 折, 15 % off is 8.5 折: what is paid, in tenths. */
export function foldText(percentOff: number): string {
  return ((100 - percentOff) / 10).toFixed(2).replace(/\.?0+$/, "");
}

function validityText(t: TFunction, validity: Partial<CouponTemplate["validity"]> | undefined): string {
  if (validity?.kind === "days" && validity.days) return t("couponSentence.days", { count: validity.days });
  if (validity?.kind === "fixed") return t("couponSentence.fixed", { from: validity.from ?? "…", until: validity.until ?? "…" });
  return "";
}
