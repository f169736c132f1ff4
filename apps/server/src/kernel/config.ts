import { z } from "zod";

const flag = z.enum(["true", "false"]).transform((text) => text === "true");

const environment = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(8080),
  HOST: z.string().default("127.0.0.1"),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SHUKE_DATA_DIR: z.string().default(".data"),
  SHUKE_ROLE: z.string().regex(/^[a-z_][a-z0-9_]*$/).default("shuke_app"),
  SHUKE_KEYRING: z.string().optional(),
  SHUKE_POOL_SIZE: z.coerce.number().int().min(2).max(64).default(8),
  SHUKE_LOG: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  SHUKE_PUBLIC_URL: z.url().optional(),
  SHUKE_SANDBOX: flag.default(true),
  /** "none": an installation without the demonstration brands. */
  SHUKE_SEED: z.enum(["story", "none"]).default("story"),
  SHUKE_METRICS: z.enum(["local", "open"]).default("local"),
  WECHAT_PAY_CONFIG: z.string().optional(),
  WECHAT_APP_ID: z.string().optional(),
  WECHAT_APP_SECRET: z.string().optional(),
  SHUKE_TRUST_PROXY: flag.default(false),
});

export type Config = z.infer<typeof environment>;

/** Reads and checks the environment; throws one error that names every wrong variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(present);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The configuration is wrong:\n${wrong.join("\n")}`);
}
