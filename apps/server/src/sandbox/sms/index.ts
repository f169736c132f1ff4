export { startFakeAliyunSms } from "./server.ts";
export type { FakeAliyunSms, FakeAliyunSmsOptions, SentSms } from "./server.ts";
