export { startFakeWechatLogin } from "../../src/sandbox/wechat-login/index.ts";
export type { FakeWechatLogin, SandboxGuest } from "../../src/sandbox/wechat-login/index.ts";
