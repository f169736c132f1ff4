import type { Config } from "../../kernel/config.ts";
import type { Database } from "../../kernel/db/database.ts";
import type { LiveHub } from "../../kernel/live.ts";
import type { Log } from "../../kernel/log.ts";
import type { Access } from "../org/index.ts";
import type { MiniProgram } from "./wechat/index.ts";

/** Sends a text message; `phone` in E.164. */
export interface TextMessages {
  send(sms: { phone: string; template: string; params: Readonly<Record<string, string>>; reference?: string }): Promise<unknown>;
}

/** What this module's routes need of the installation. */
export interface CustomersParts {
  config: Config;
  log: Log;
  database: Database;
  access: Access;
  hub: LiveHub;
  outside: { sms: TextMessages; wechat: MiniProgram };
}
