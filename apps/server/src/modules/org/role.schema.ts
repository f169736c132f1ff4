import { z } from "zod";
import { id, pageOf, text } from "../../kernel/http/wire.ts";
import { menu } from "./menu.schema.ts";
import { permissionIds, type Permission } from "./permission.ts";
import { widths } from "./reach.ts";

const permission = z.enum(permissionIds as [Permission, ...Permission[]]);
const scope = z.enum(widths);

export const roleReply = z.object({
  id, name: z.string(), permissions: z.array(z.string()), scope, staffCount: z.int(), isBuiltIn: z.boolean(), menu: menu.nullable(),
}).meta({ id: "Role" });
export const rolePage = pageOf(roleReply);
export const addRoleBody = z.object({
  name: text(64), permissions: z.array(permission).max(permissionIds.length), scope,
  menu: menu.nullable().optional().meta({ description: "What the console's menu offers, in order; grants nothing. Without one it is everything that the role may open" }),
});
export const changeRoleBody = addRoleBody.partial();
export const permissionPage = pageOf(z.object({ id: permission, name: z.object({ zh: z.string(), en: z.string() }) }));
