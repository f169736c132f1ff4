import type { Approvals } from "../../kernel/approval.ts";
import type { Database } from "../../kernel/db/database.ts";
import type { ListPrices } from "./prepaid/withdrawal.quote.ts";
import type { IssuedMerchant, WechatPayClient } from "./wechat-pay/index.ts";

/** What this module's routes need of the installation. */
export interface PaymentsParts {
  database: Database;
  outside: PayingWorld & { wechat: { exchangeCode(code: string): Promise<{ openid: string }> } };
}

/** What giving prepaid money back needs beside. */
export interface WithdrawalParts {
  /** Whoever keeps orders says what they cost before discounts: a consumer-caused refund counts what was used at that price. */
  listPrices: ListPrices;
  approvals: Approvals;
}

/** WeChat Pay, and where it reaches us. */
export interface PayingWorld {
  /** For the installation's merchant account: what tenants without one of their own are paid through. */
  pay: WechatPayClient;
  /** For a tenant's own. */
  payFor(merchant: IssuedMerchant): WechatPayClient;
  readonly publicUrl: string;
}

export const CALLBACK_PATH = "/callbacks/wechat-pay";

/** Where WeChat Pay tells us how a tenant's payments and refunds ended. */
export const notifyUrl = ({ publicUrl }: PayingWorld, tenantCode: string): string => `${publicUrl}${CALLBACK_PATH}/${tenantCode}`;
