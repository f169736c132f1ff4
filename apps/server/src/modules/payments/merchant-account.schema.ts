import { z } from "zod";
import { instant } from "../../kernel/http/wire.ts";

const MAX_PEM = 8_000;
const pem = z.string().trim().startsWith("-----BEGIN").max(MAX_PEM);

const open = {
  merchantId: z.string().regex(/^\d{8,12}$/), appId: z.string().regex(/^wx[0-9a-z]{16}$/), certificateSerial: z.string().regex(/^[0-9A-F]{16,40}$/),
  publicKeyId: z.string().regex(/^PUB_KEY_ID_\w{1,60}$/), publicKeyPem: pem,
};

/** As WeChat Pay issued it; secrets go in and never come out. */
export const merchantAccountBody = z.object({
  ...open, papayPlanId: z.int().positive().nullish(), privateKeyPem: pem.optional(), apiV3Key: z.string().regex(/^[0-9A-Za-z]{32}$/).optional(),
});
export type MerchantAccountWish = z.output<typeof merchantAccountBody>;

const merchantAccount = z.object({ ...open, papayPlanId: z.int().nullable(), by: z.string(), at: instant }).meta({ id: "MerchantAccount" });
export type MerchantAccountView = z.input<typeof merchantAccount>;
/** `account` null: payments go through the installation's. */
export const merchantAccountReply = z.object({ account: merchantAccount.nullable() });
