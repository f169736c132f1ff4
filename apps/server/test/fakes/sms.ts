export { startFakeAliyunSms } from "../../src/sandbox/sms/index.ts";
export type { FakeAliyunSms, SentSms } from "../../src/sandbox/sms/index.ts";
