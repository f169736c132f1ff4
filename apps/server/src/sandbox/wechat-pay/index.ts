export type { SandboxMerchant, SandboxPlatform } from "./account.ts";
export type { Delivery } from "./courier.ts";
export { guestCode } from "./guest-code.ts";
export type { Guest } from "./guest-code.ts";
export { startFakeWechatPay } from "./server.ts";
export type { FakeWechatPay, FakeWechatPayOptions } from "./server.ts";
