import { problem } from "../../kernel/problem.ts";
import type { Fen } from "../../kernel/money.ts";

/**
 * What a named card may hold: ¥5,000 (单用途商业预付卡管理办法, article 18, as amended 2016). Every member's card is a named
 * one, which is also why stored value never expires (article 19). An operator's counsel confirms both.
 */
export const NAMED_CARD_LIMIT_FEN: Fen = 500_000;
/** An unnamed card holds ¥1,000 at most and is good for three years at least; afterwards its rest can be brought back to life. */
export const UNNAMED_CARD_LIMIT_FEN: Fen = 100_000;
export const UNNAMED_CARD_YEARS = 3;

export const overCardLimit = problem("payments/over-card-limit", 409, "A named card may not hold this much");
