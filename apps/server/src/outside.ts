import type { Config } from "./kernel/config.ts";
import type { Log } from "./kernel/log.ts";

/** Everything beyond our own database: WeChat, SMS and so on, each behind its adapter. */
export type OutsideWorld = Readonly<Record<never, never>>;

export const outsideWorld = (_config: Config, _log: Log): OutsideWorld => ({});
