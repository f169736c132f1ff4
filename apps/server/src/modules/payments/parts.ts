import type { Config } from "../../kernel/config.ts";
import type { Database } from "../../kernel/db/database.ts";
import type { WechatPayClient } from "./wechat-pay/index.ts";

/** What this module's routes need of the installation. */
export interface PaymentsParts {
  config: Pick<Config, "SHUKE_PUBLIC_URL" | "PORT">;
  database: Database;
  outside: { pay: WechatPayClient; wechat: { exchangeCode(code: string): Promise<{ openid: string }> } };
}

export const CALLBACK_PATH = "/callbacks/wechat-pay";

/** Where WeChat Pay tells us how a tenant's payments and refunds ended. */
export const notifyUrl = (config: PaymentsParts["config"], tenantCode: string): string =>
  `${config.SHUKE_PUBLIC_URL ?? `http://127.0.0.1:${config.PORT}`}${CALLBACK_PATH}/${tenantCode}`;
