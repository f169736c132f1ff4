import { z } from "zod";
import { WechatPayError } from "./error.ts";
import type { Exchange } from "./exchange.ts";
import type { WechatPayMerchant } from "./merchant.ts";
import { type Transaction, transactionFromWire, transactionWire } from "./transaction.ts";

/** 委托代扣: a guest agrees once, and each period's price is taken after a notice. */
export interface ContractOrder {
  /** 商户侧签约协议号, ours. */
  contractCode: string;
  /** What the guest reads in WeChat's list of agreements. */
  displayAccount: string;
  notifyUrl: string;
  openid?: string;
}

export interface Contract {
  contractCode: string;
  contractId: string | null;
  state: "open" | "signed" | "terminated";
}

export interface Deduction {
  contractId: string;
  outTradeNo: string;
  amountFen: number;
  description: string;
  notifyUrl: string;
}

/** Agreements and what is taken under them. */
export interface ContractMethods {
  openContract(order: ContractOrder): Promise<{ signUrl: string }>;
  findContract(contractCode: string): Promise<Contract | undefined>;
  endContract(contractCode: string): Promise<void>;
  /** WeChat tells the guest; a deduction is taken a day later at the earliest. */
  announceDeduction(contractId: string, amountFen: number): Promise<void>;
  deduct(deduction: Deduction): Promise<void>;
  findDeduction(outTradeNo: string): Promise<Transaction | undefined>;
}

/** Shape of a query's answer and of a contract notification's resource. */
export const contractWire = z.object({
  mchid: z.string().optional(), out_contract_code: z.string(), contract_id: z.string().optional(), contract_state: z.enum(["SIGNING", "SIGNED", "TERMINATED"]),
});

const STATES = { SIGNING: "open", SIGNED: "signed", TERMINATED: "terminated" } as const;

export const contractFromWire = (wire: z.infer<typeof contractWire>): Contract => ({
  contractCode: wire.out_contract_code, contractId: wire.contract_id || null, state: STATES[wire.contract_state],
});

const MISSING = new Set(["CONTRACT_NOT_EXIST", "RESOURCE_NOT_EXISTS", "ORDER_NOT_EXIST"]);

async function found<T>(find: () => Promise<T>): Promise<T | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof WechatPayError && MISSING.has(error.code)) return undefined;
    throw error;
  }
}

export function contractMethods(merchant: WechatPayMerchant, { send }: Exchange): ContractMethods {
  const planId = (): number => {
    if (merchant.papayPlanId !== undefined) return merchant.papayPlanId;
    throw new WechatPayError({ code: "PLAN_MISSING", message: "商户没有开通委托代扣模板", status: 400, outcome: "refused", retryable: false });
  };
  const contract = (code: string) => `/v3/papay/sign/contracts/plan-id/${planId()}/out-contract-code/${encodeURIComponent(code)}`;
  return {
    async openContract(order) {
      const payload = {
        sign_scene: order.openid ? "SIGN_SCENE_MINI_PROGRAM" : "SIGN_SCENE_H5", appid: merchant.appId, plan_id: planId(), out_contract_code: order.contractCode,
        contract_display_account: order.displayAccount, contract_notify_url: order.notifyUrl, ...(order.openid && { openid: order.openid }),
      };
      const wire = await send("POST", "/v3/papay/entrust-sign/contracts/pre-entrust-sign", z.object({ redirect_url: z.string() }), payload);
      return { signUrl: wire.redirect_url };
    },
    findContract: (code) => found(async () => contractFromWire(await send("GET", contract(code), contractWire))),
    async endContract(code) {
      await send("POST", `${contract(code)}/terminate`, z.unknown(), { appid: merchant.appId, contract_termination_remark: "会员关闭自动续费" });
    },
    async announceDeduction(contractId, amountFen) {
      await send("POST", `/v3/papay/contracts/${encodeURIComponent(contractId)}/notify`, z.unknown(), {
        mchid: merchant.merchantId, appid: merchant.appId, deduct_duration: { count: 1, unit: "DAY" }, estimated_amount: { amount: amountFen, currency: "CNY" },
      });
    },
    async deduct(one) {
      await send("POST", "/v3/papay/pay/transactions/apply", z.unknown(), {
        mchid: merchant.merchantId, appid: merchant.appId, contract_id: one.contractId, out_trade_no: one.outTradeNo, description: one.description,
        notify_url: one.notifyUrl, amount: { total: one.amountFen, currency: "CNY" },
      });
    },
    findDeduction: (outTradeNo) => found(async () =>
      transactionFromWire(await send("GET", `/v3/papay/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}?mchid=${merchant.merchantId}`, transactionWire))),
  };
}
