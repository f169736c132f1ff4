import { z } from "zod";
import { WechatPayError } from "./error.ts";
import type { Exchange } from "./exchange.ts";
import type { WechatPayMerchant } from "./merchant.ts";
import { type Transaction, transactionFromWire, transactionWire } from "./transaction.ts";

/**
 * 预约扣费的预签约, one address for each scene (https://pay.weixin.qq.com/doc/v3/merchant/4012489208 for h5). A browser is sent to
 * `redirect_url`; a mini program goes by `navigateToMiniProgram` to `redirect_appid` and `redirect_path` with `pre_entrustweb_id`.
 * The session is good for two hours.
 */
const PRE_SIGN = "/v3/papay/scheduled-deduct-sign/contracts/pre-entrust-sign";

/** 委托代扣: a guest agrees once, and each period's price is taken after a notice. */
export interface ContractOrder {
  /** 商户侧签约协议号, ours. */
  contractCode: string;
  /** What the guest reads in WeChat's list of agreements. */
  displayAccount: string;
  notifyUrl: string;
  /** When the first period's price is taken, and how much. */
  firstOn: string;
  amountFen: number;
  openid?: string;
}

/** Where the guest agrees: a page of WeChat's, or inside the mini program another one to go to. */
export type Agreeing = { signUrl: string | null; miniProgram: { appId: string; path: string } | null };

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
  openContract(order: ContractOrder): Promise<Agreeing>;
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
        appid: merchant.appId, plan_id: planId(), out_contract_code: order.contractCode,
        contract_display_account: order.displayAccount, contract_notify_url: order.notifyUrl, ...(order.openid && { openid: order.openid }),
        deduct_schedule: { estimated_deduct_date: order.firstOn, estimated_deduct_amount: { total: order.amountFen, currency: "CNY" }, description: order.displayAccount },
      };
      if (!order.openid) return { signUrl: (await send("POST", `${PRE_SIGN}/h5`, z.object({ redirect_url: z.string() }), payload)).redirect_url, miniProgram: null };
      const wire = await send("POST", `${PRE_SIGN}/mini-program`, z.object({ pre_entrustweb_id: z.string(), redirect_appid: z.string(), redirect_path: z.string() }), payload);
      const separator = wire.redirect_path.includes("?") ? "&" : "?";
      return { signUrl: null, miniProgram: { appId: wire.redirect_appid, path: `${wire.redirect_path}${separator}pre_entrustweb_id=${encodeURIComponent(wire.pre_entrustweb_id)}` } };
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
