export { WechatError } from "./error.ts";
export { createMiniProgram } from "./mini-program.ts";
export type { MiniProgram, MiniProgramApp, WechatIdentity } from "./mini-program.ts";
