import { forgetReplies } from "../../kernel/http/idempotency.ts";
import type { Scope } from "../../kernel/scope.ts";
import { dropExportFiles } from "./export/export.ts";

/** What was told outside, and first answers that are kept for repeated requests: both hold what others were told of the member. */
export const privacyStep = {
  module: "platform",
  holds: [],
  async erase(scope: Scope, memberId: string): Promise<Record<string, number>> {
    const deliveries = await scope.tx.rows("delete from platform.webhook_delivery where tenant_id = $1 and (subject_id = $2 or strpos(body, $2) > 0) returning 1", [scope.tenantId, memberId]);
    return { deliveries: deliveries.length, exports: await dropExportFiles(scope), replies: await forgetReplies(scope, memberId) };
  },
};
