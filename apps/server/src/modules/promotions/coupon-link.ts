import type { Offer } from "@shuke/offers";
import type { z } from "zod";
import type { Scope } from "../../kernel/scope.ts";
import { memberNames } from "../customers/index.ts";
import type { linkFace } from "./coupon-gift.schema.ts";
import { groupedCode } from "./coupon-code.ts";
import { namesFor } from "./coupon-names.ts";
import { couponSentence, termsOf } from "./coupon-offer.ts";

/** Whoever opens a link: a member, or a guest who has not joined yet. */
export type Opener = string | null;

export interface LinkRow {
  id: string;
  token: string;
  name: string;
  definition: Offer;
  expires_at: Date;
}

/** What a gift and a shared link show alike. */
export async function faceOf(scope: Scope, row: LinkRow, giverId: string, opener: Opener): Promise<z.input<typeof linkFace>> {
  const [names, nameOf] = [await memberNames(scope, [giverId]), await namesFor(scope, [row.definition])];
  const { kind, amountFen, percentOff, capFen, thresholdFen } = termsOf(row.definition);
  return {
    id: row.id, token: groupedCode(row.token), fromName: surnameOf(names.get(giverId)), isMine: giverId === opener, name: row.name,
    sentence: couponSentence(row.definition, "zh-CN", nameOf), sentenceEn: couponSentence(row.definition, "en", nameOf),
    kind, amountFen, percentOff, capFen, thresholdFen, expiresAt: row.expires_at.toISOString(),
  };
}

/** 李小花 → 李**: enough to know a friend by. */
const surnameOf = (name: string | undefined): string => (name ? `${[...name][0] ?? ""}**` : "");
