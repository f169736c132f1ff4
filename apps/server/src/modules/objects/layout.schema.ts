import { z } from "zod";
import { id, text } from "../../kernel/http/wire.ts";

const MAX_SECTIONS = 30;
const keys = z.array(z.string().max(40)).max(300);

/** By the keys of fields. A field that no section names stands after them. */
export const layout = z.object({
  sections: z.array(z.object({ name: text(60), nameEn: z.string().trim().max(60).optional(), fields: keys })).max(MAX_SECTIONS),
  /** shown and not written */
  readOnly: keys,
  /** neither shown, nor found, nor written */
  hidden: keys,
}).meta({ id: "ObjectLayout" });
export type LayoutWish = z.output<typeof layout>;

export const layoutList = z.object({ items: z.array(z.object({ role: z.object({ id, name: z.string() }).nullable(), layout: layout.nullable() })) });
export const layoutParams = z.object({ key: z.string().max(64), role: z.string().max(64) });
