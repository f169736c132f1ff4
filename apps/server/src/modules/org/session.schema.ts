import { z } from "zod";
import { id, text } from "../../kernel/http/wire.ts";
import { menu } from "./menu.schema.ts";
import { PASSWORD_MAX } from "./password.ts";
import { newPassword } from "./staff.schema.ts";

const theme = z.object({ primary: z.string().optional(), logoText: z.string().optional() });
const staff = z.object({ id, name: z.string(), account: z.string() });
const tenant = z.object({ id, code: z.string(), name: z.string(), timeZone: z.string(), theme });

export const signInBody = z.object({
  brand: text(64), account: text(64), password: z.string().min(1).max(PASSWORD_MAX),
  /** Six digits, or one of the recovery codes. */
  totp: z.string().trim().max(20).optional(),
});
export const signInReply = z.object({ staff, tenant });

export const sessionReply = z.object({
  staff, tenant,
  permissions: z.array(z.string()),
  dataScope: z.object({ kind: z.enum(["own", "store", "region", "all"]), storeIds: z.array(id).nullable() }),
  stores: z.array(z.object({ id, code: z.string(), name: z.string(), city: z.string().nullable(), region: z.string().nullable() })),
  totpEnabled: z.boolean(),
  menu: menu.nullable(),
}).meta({ id: "Session" });

export const changePasswordBody = z.object({ current: z.string().min(1).max(PASSWORD_MAX), next: newPassword });
export const totpSecretReply = z.object({ secret: z.string(), otpauthUrl: z.string() });
export const totpBody = z.object({ code: z.string().trim().regex(/^\d{6}$/, "six digits") });
export const recoveryReply = z.object({ recoveryCodes: z.array(z.string()) });
