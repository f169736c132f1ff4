import { z } from "zod";
import { Refusal } from "./refusal.ts";

const fen = z.int().min(1).max(100_000_000_00);
const number = z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/);
const notifyUrl = z.url({ protocol: /^https?$/ }).max(255).refine((url) => !url.includes("?"), "不能带参数");
const account = { appid: z.string(), mchid: z.string() };
const order = {
  ...account,
  description: z.string().min(1).refine((text) => [...text].length <= 127),
  out_trade_no: number,
  time_expire: z.iso.datetime({ offset: true }).optional(),
  attach: z.string().max(128).optional(),
  amount: z.object({ total: fen, currency: z.literal("CNY").optional() }),
};

export const nativeShape = z.object({ ...order, notify_url: notifyUrl });
export const jsapiShape = z.object({ ...order, notify_url: notifyUrl, payer: z.object({ openid: z.string().min(1).max(128) }) });
export const codepayShape = z.object({
  ...order,
  payer: z.object({ auth_code: z.string().regex(/^1[0-5]\d{16}$/) }),
  scene_info: z.object({ store_info: z.object({ id: z.string().optional(), out_id: z.string().optional() }) }),
});
export const contractShape = z.object({
  appid: z.string(), openid: z.string().optional(), plan_id: z.int(), out_contract_code: z.string().regex(/^[0-9A-Za-z_-]{1,32}$/),
  contract_display_account: z.string().min(1).max(32), contract_notify_url: notifyUrl,
  deduct_schedule: z.object({
    estimated_deduct_date: z.iso.date(), estimated_deduct_amount: z.object({ total: fen, currency: z.literal("CNY") }), description: z.string().min(1).max(128),
  }),
});
export const terminateShape = z.object({ appid: z.string(), contract_termination_remark: z.string().max(256) });
export const announceShape = z.object({
  ...account, deduct_duration: z.object({ count: z.int().min(1), unit: z.literal("DAY") }), estimated_amount: z.object({ amount: fen, currency: z.literal("CNY") }),
});
export const deductShape = z.object({ ...order, contract_id: z.string(), notify_url: notifyUrl });
export const closeShape = z.object({ mchid: z.string() });
export const reverseShape = z.object(account);
export const refundShape = z.object({
  out_trade_no: number,
  out_refund_no: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/),
  reason: z.string().refine((text) => Buffer.byteLength(text) <= 80).optional(),
  notify_url: notifyUrl.optional(),
  amount: z.object({ refund: fen, total: fen, currency: z.literal("CNY") }),
});

/** Reads a request body, or refuses it as the real service does, naming the first wrong field as a JSON pointer. */
export function readShape<T>(shape: z.ZodType<T>, body: Buffer): T {
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new Refusal(400, "PARAM_ERROR", "请求体不是 JSON");
  }
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  const field = `/${read.error.issues[0]?.path.join("/") ?? ""}`;
  throw new Refusal(400, "PARAM_ERROR", "参数错误", field);
}
