export { createAliyunSmsSender } from "./aliyun-sender.ts";
export type { AliyunSmsAccount } from "./aliyun-sender.ts";
export { createLogSmsSender } from "./log-sender.ts";
export { SmsError } from "./sms.ts";
export type { Sms, SmsSender } from "./sms.ts";
