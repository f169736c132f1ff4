export { startFakeWechatLogin } from "./server.ts";
export type { FakeWechatLogin, FakeWechatLoginOptions, SandboxGuest } from "./server.ts";
