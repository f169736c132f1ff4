import { z } from "zod";
import { day, id, instant, pageOf, pageQuery, text } from "../../kernel/http/wire.ts";

const moment = z.union([day, instant]);

export const auditQuery = pageQuery.extend({
  /** `staff:<id>`, `key:<id>`, …, or part of a name. */
  actor: text(100).optional(),
  /** `staff.deactivate`, or its beginning: `staff` */
  action: text(64).optional(),
  /** An id, or a kind such as `member`. */
  subject: text(100).optional(),
  /** A day counts whole, in the tenant's zone. */
  from: moment.optional(),
  to: moment.optional(),
});

export const auditEntryReply = z.object({
  id, at: instant,
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  action: z.string(),
  subject: z.object({ kind: z.string(), id: z.string() }),
  before: z.unknown(), after: z.unknown(), reason: z.string().nullable(), ip: z.string(), requestId: z.string(),
}).meta({ id: "AuditEntry" });
export const auditPage = pageOf(auditEntryReply);
