import type { ApprovalKind, Fact, Texts } from "../../../kernel/approval.ts";
import type { Fen } from "../../../kernel/money.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { findStore } from "../../org/index.ts";
import { putBackCard } from "../cards/card.refund.ts";
import { currentTerms } from "./terms.ts";
import { WITHDRAWAL, type WithdrawalAsked } from "./withdrawal.asking.ts";
import { approveWithdrawal, declineWithdrawal } from "./withdrawal.ts";
import { getWithdrawal } from "./withdrawal.view.ts";

const CAUSES: Record<string, Texts> = {
  "seven-day": { zh: "七日无理由", en: "Within seven days" }, consumer: { zh: "消费者原因", en: "The member's wish" }, merchant: { zh: "商家原因", en: "The shop's fault" },
};
const METHODS: Record<string, Texts> = { original: { zh: "原路退回", en: "The way it came" }, cash: { zh: "现金", en: "Cash" }, bank: { zh: "银行转账", en: "Bank transfer" } };

const fact = (zh: string, en: string, value: string | Texts): Fact => ({ label: { zh, en }, unit: "text", value });

/** Prepaid money on its way back: above the terms' limit, at a member's own wish, or as the tenant's chain says. Its value has left the ledger and waits with it. */
export const withdrawalApproval = {
  kind: WITHDRAWAL,
  names: { zh: "退还储值", en: "Prepaid money back" },
  can: "stored-value.withdraw",
  canDecide: "stored-value.approve",
  unit: "fen",
  defaultSteps: [{ name: "withdrawal", who: { kind: "able" }, mode: "any", when: { isAboveLimit: true } }],
  mayAlone: async (scope: Scope, staffIds: readonly string[], amount: Fen) => (amount > (await currentTerms(scope)).approvalOverFen ? [] : staffIds),
  async describe(scope: Scope, { withdrawalId }: WithdrawalAsked) {
    const { memberName, cardId, storeId, cause, method, refundFen, bonusFen } = await getWithdrawal(scope, withdrawalId);
    const sum = `¥${(refundFen / 100).toFixed(2)}`;
    const store = storeId ? await findStore(scope, storeId) : undefined;
    return {
      title: { zh: `退还${memberName || "会员"} ${sum}`, en: `Give ${sum} back to ${memberName || "a member"}` },
      link: { kind: "withdrawal" as const, id: withdrawalId },
      facts: [
        fact("会员", "Member", memberName),
        fact("退什么", "Of", cardId ? { zh: "次卡 / 月卡", en: "Card" } : { zh: "储值", en: "Stored value" }),
        ...(CAUSES[cause] ? [fact("原因", "Cause", CAUSES[cause])] : []),
        { label: { zh: "应退", en: "Goes back" }, unit: "fen" as const, value: refundFen },
        ...(bonusFen > 0 ? [{ label: { zh: "赠金作废", en: "Bonus lapses" }, unit: "fen" as const, value: bonusFen }] : []),
        ...(METHODS[method] ? [fact("退款方式", "How", METHODS[method])] : []),
        ...(store ? [fact("门店", "Store", store.name)] : []),
      ],
    };
  },
  carryOut: (scope: Scope, { payload }: { payload: WithdrawalAsked }) => approveWithdrawal(scope, payload.withdrawalId),
  ended: (scope: Scope, { withdrawalId }: WithdrawalAsked) => declineWithdrawal(scope, withdrawalId, putBackCard),
} as const satisfies ApprovalKind;
