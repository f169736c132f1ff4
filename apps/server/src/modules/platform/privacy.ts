import { forgetReplies } from "../../kernel/http/idempotency.ts";
import type { Scope } from "../../kernel/scope.ts";
import { forgetComments } from "./comment/comment.ts";
import { dropExportFiles } from "./export/export.ts";
import { forgetImported } from "./import/privacy.ts";

/**
 * What colleagues said about the member, what was told outside, and first answers that are kept for repeated requests: both hold what others were told of the member. What
 * colleagues said is not in the member's copy: it is about others too, and who hands it out has to read it first.
 */
export const privacyStep = {
  module: "platform",
  holds: [],
  async erase(scope: Scope, memberId: string): Promise<Record<string, number>> {
    const deliveries = await scope.tx.rows("delete from platform.webhook_delivery where tenant_id = $1 and (subject_id = $2 or strpos(body, $2) > 0) returning 1", [scope.tenantId, memberId]);
    const requests = await scope.tx.rows("update platform.approval_request set reason = '' where tenant_id = $1 and payload ->> 'memberId' = $2 and reason <> '' returning 1", [scope.tenantId, memberId]);
    return { approvals: requests.length, comments: await forgetComments(scope, "member", [memberId]), deliveries: deliveries.length, imports: await forgetImported(scope, memberId), exports: await dropExportFiles(scope), replies: await forgetReplies(scope, memberId) };
  },
};
