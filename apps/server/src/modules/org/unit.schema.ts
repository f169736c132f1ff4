import { z } from "zod";
import { id, pageOf, text } from "../../kernel/http/wire.ts";

const MAX_PAGE = 200;
export const unitKinds = ["headquarters", "region", "city", "store"] as const;
const code = z.string().trim().regex(/^[A-Za-z0-9._-]{1,32}$/, "letters, digits, dot, underscore and dash, at most 32");
const latitude = z.number().min(-90).max(90);
const longitude = z.number().min(-180).max(180);

export const unitReply = z.object({
  id, parentId: id.nullable(), kind: z.enum(unitKinds), code: z.string(), name: z.string(),
  address: z.string().nullable(), phone: z.string().nullable(), openingHours: z.string().nullable(),
  latitude: z.number().nullable(), longitude: z.number().nullable(), state: z.enum(["active", "closed"]),
}).meta({ id: "Unit" });
export const unitPage = pageOf(unitReply);
/** A tree is drawn whole where it fits: the default is the largest page. */
export const unitQuery = z.object({ limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(MAX_PAGE), cursor: z.string().max(2_000).optional() });

const details = {
  address: text(128).nullable().optional(), phone: text(20).nullable().optional(), openingHours: text(64).nullable().optional(),
  latitude: latitude.nullable().optional(), longitude: longitude.nullable().optional(),
};
export const addUnitBody = z.object({ parentId: id, kind: z.enum(["region", "city", "store"]), code, name: text(64), ...details });
export const changeUnitBody = z.object({
  parentId: id.optional(), code: code.optional(), name: text(64).optional(), state: z.enum(["active", "closed"]).optional(), ...details,
});
