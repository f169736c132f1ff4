import { z } from "zod";
import { MAX_FEN } from "../money.ts";
import { isUuid } from "../ids.ts";

/** Wire shapes that every module uses. */
export const id = z.string().refine(isUuid, "must be an id").meta({ format: "uuid" });
export const orderId = z.string().regex(/^[A-Za-z0-9._-]{1,64}$/, "letters, digits, dot, underscore and dash, at most 64");
export const fen = z.int().min(0).max(MAX_FEN);
export const signedFen = z.int().min(-MAX_FEN).max(MAX_FEN);
export const points = z.int().min(0).max(MAX_FEN);
export const instant = z.iso.datetime({ offset: true });
export const day = z.iso.date();
export const text = (max: number) => z.string().trim().min(1).max(max);
export const reason = text(200);
export const idParams = z.object({ id });
export const orderParams = z.object({ orderId });

const MAX_PAGE = 200;
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(20),
  cursor: z.string().max(200).optional(),
});
export const count = z.object({ value: z.int(), capped: z.boolean() }).meta({ id: "Count" });
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), count: count.optional() });

/** What is wrong with one field. */
export const fieldError = z.object({ field: z.string(), code: z.string(), message: z.string() }).meta({ id: "FieldError" });

/** How every refusal looks; `extra` fields of a problem stand beside these. */
export const problemDocument = z.looseObject({
  type: z.string(), code: z.string(), title: z.string(), status: z.int(), detail: z.string().optional(),
  errors: z.array(fieldError).optional(),
  missing: z.record(z.string(), z.number()).optional(), requestId: z.string(),
}).meta({ id: "Problem" });
