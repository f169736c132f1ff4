import { z } from "zod";
import { id, pageOf, text } from "../../kernel/http/wire.ts";
import { permissionIds, type Permission } from "./permission.ts";
import { widths } from "./reach.ts";

const permission = z.enum(permissionIds as [Permission, ...Permission[]]);
const scope = z.enum(widths);

export const roleReply = z.object({
  id, name: z.string(), permissions: z.array(z.string()), scope, staffCount: z.int(), isBuiltIn: z.boolean(),
}).meta({ id: "Role" });
export const rolePage = pageOf(roleReply);
export const addRoleBody = z.object({ name: text(64), permissions: z.array(permission).max(permissionIds.length), scope });
export const changeRoleBody = addRoleBody.partial();
export const permissionPage = pageOf(z.object({ id: permission, name: z.object({ zh: z.string(), en: z.string() }) }));
