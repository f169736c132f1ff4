import { z } from "zod";
import { id, instant, pageOf, pageQuery, text } from "../../kernel/http/wire.ts";
import { PASSWORD_MAX, PASSWORD_MIN } from "./password.ts";

export const accountName = z.string().trim().toLowerCase().regex(/^[a-z0-9._@+-]{2,64}$/, "2 to 64 of a–z, 0–9, dot, dash, underscore, @, +");
export const newPassword = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);
const assignment = z.object({ roleId: id, orgUnitId: id });
const MAX_ASSIGNMENTS = 20;

const named = z.object({ id, name: z.string() });
export const staffReply = z.object({
  id, name: z.string(), account: z.string(),
  roles: z.array(named),
  /** The unit of all the roles; null where they are at several, see `assignments`. */
  orgUnit: named.nullable(),
  assignments: z.array(assignment),
  isActive: z.boolean(), totpEnabled: z.boolean(), lastSignInAt: instant.nullable(),
}).meta({ id: "Staff" });
export const staffPage = pageOf(staffReply);
export const staffQuery = pageQuery.extend({ q: z.string().trim().max(64).optional() });

/** Roles: all at one unit, or each at its own in `assignments`. */
const rolesShape = {
  roleIds: z.array(id).min(1).max(MAX_ASSIGNMENTS).optional(),
  orgUnitId: id.optional(),
  assignments: z.array(assignment).min(1).max(MAX_ASSIGNMENTS).optional(),
};
interface Roles {
  roleIds?: string[] | undefined;
  orgUnitId?: string | undefined;
  assignments?: { roleId: string; orgUnitId: string }[] | undefined;
}
const isWhole = (body: Roles): boolean => !body.roleIds === !body.orgUnitId;

export const addStaffBody = z.object({ name: text(64), account: accountName, password: newPassword.optional(), ...rolesShape })
  .refine((body) => isWhole(body) && (body.assignments ?? body.roleIds), { message: "name the roles and their unit", path: ["roleIds"] });
export const changeStaffBody = z.object({ name: text(64).optional(), ...rolesShape, isActive: z.literal(true).optional() })
  .refine(isWhole, { message: "roles need their unit and a unit its roles", path: ["roleIds"] });

/** The password is there only when the server made it; it is shown once. */
export const addStaffReply = staffReply.extend({ password: z.string().optional() });
export const passwordReply = z.object({ password: z.string() });

export const assignmentsOf = ({ roleIds, orgUnitId, assignments }: Roles): { roleId: string; orgUnitId: string }[] | undefined =>
  assignments ?? (orgUnitId ? roleIds?.map((roleId) => ({ roleId, orgUnitId })) : undefined);
