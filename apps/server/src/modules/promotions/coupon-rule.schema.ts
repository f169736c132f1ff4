import { z } from "zod";
import { fen, id, instant, pageOf, text } from "../../kernel/http/wire.ts";

const fields = {
  name: text(64),
  trigger: z.enum(["order-paid", "member-joined"]),
  templateId: id,
  count: z.int().min(1).max(10),
  /** Of orders: what was paid for at least, where, and by which channel; empty lists mean any. */
  minimumFen: fen,
  storeIds: z.array(id).max(500),
  channels: z.array(text(40)).max(20),
  state: z.enum(["live", "paused", "ended"]),
};

export const ruleBody = z.object({
  ...fields, count: fields.count.default(1), minimumFen: fields.minimumFen.default(0), storeIds: fields.storeIds.default([]),
  channels: fields.channels.default([]), state: fields.state.default("live"),
}).superRefine((one, context) => {
  if (one.trigger === "member-joined" && one.minimumFen > 0) context.addIssue({ code: "custom", path: ["minimumFen"], message: "is for orders" });
});
export const rulePatch = z.object(fields).omit({ trigger: true }).partial();
export const rule = z.object({ id, ...fields, templateName: z.string(), createdAt: instant, updatedAt: instant }).meta({ id: "CouponRule" });
export const rulePage = pageOf(rule);
