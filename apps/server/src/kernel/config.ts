import { z } from "zod";

const smsTemplate = z.string().regex(/^SMS_\d+$/, "SMS_ and digits").optional();
const flag = z.enum(["true", "false"]).transform((text) => text === "true");

const SMS_ACCOUNT = ["ALIYUN_SMS_ACCESS_KEY_ID", "ALIYUN_SMS_SIGN_NAME", "ALIYUN_SMS_CODE_TEMPLATE"] as const;

/** Half an account would only show when the first guest waits for a code. */
function demandWholeSmsAccount(given: Record<string, unknown>, { addIssue }: z.RefinementCtx): void {
  const secrets = ["ALIYUN_SMS_ACCESS_KEY_SECRET", "ALIYUN_SMS_ACCESS_KEY_SECRET_FILE"].filter((name) => given[name] !== undefined);
  const missing: string[] = SMS_ACCOUNT.filter((name) => given[name] === undefined);
  if (missing.length === SMS_ACCOUNT.length && secrets.length === 0 && given["ALIYUN_SMS_COUPON_TEMPLATE"] === undefined) return;
  if (secrets.length === 0) missing.push("ALIYUN_SMS_ACCESS_KEY_SECRET");
  for (const name of missing) addIssue({ code: "custom", path: [name], message: "is missing: an SMS account is whole or not there" });
  if (secrets.length === 2) addIssue({ code: "custom", path: [secrets[1] ?? ""], message: "the secret comes from one place" });
}

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
  ALIYUN_SMS_ACCESS_KEY_ID: z.string().optional(),
  ALIYUN_SMS_ACCESS_KEY_SECRET: z.string().optional(),
  /** A file with the secret alone, as secret stores mount it. */
  ALIYUN_SMS_ACCESS_KEY_SECRET_FILE: z.string().optional(),
  ALIYUN_SMS_SIGN_NAME: z.string().max(12).regex(/^[^【】]+$/, "without 【】").optional(),
  ALIYUN_SMS_CODE_TEMPLATE: smsTemplate,
  /** Without it nobody is reminded of coupons by text message; the app reminds all the same. */
  ALIYUN_SMS_COUPON_TEMPLATE: smsTemplate,
  ALIYUN_SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SHUKE_TRUST_PROXY: flag.default(false),
}).superRefine(demandWholeSmsAccount);

export type Config = z.infer<typeof environment>;

/** Reads and checks the environment; throws one error that names every wrong variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environment.safeParse(present);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The configuration is wrong:\n${wrong.join("\n")}`);
}
