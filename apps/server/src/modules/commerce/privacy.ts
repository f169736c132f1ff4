import type { PrivacyStep } from "../customers/index.ts";
import { forgetComments } from "../platform/index.ts";
import { blankCustom } from "./order.custom.ts";

/** Orders stay with a member's meaningless id; carts that were only being priced go, and so do notes. */
export const privacyStep: PrivacyStep = {
  module: "commerce",
  holds: [
    "commerce.bill.host_id", "commerce.bill_share.member_id", "commerce.bill_share.payer_id", "commerce.offline_code.member_id", "commerce.offline_exception.member_id",
    "commerce.order.member_id", "commerce.quote.member_id", "commerce.return.member_id",
  ],
  async preview({ tx, tenantId, now }, memberId) {
    const [open] = await tx.rows<{ quotes: number; bills: number; codes: number }>(
      `select (select count(*)::int from commerce.quote q where q.tenant_id = $1 and q.member_id = $2 and q.held_until > $3) as quotes,
              (select count(*)::int from commerce.bill b where b.tenant_id = $1 and b.host_id = $2 and b.state = 'open') as bills,
              (select count(*)::int from commerce.offline_code c where c.tenant_id = $1 and c.member_id = $2 and c.state = 'open' and c.escrow_until > $3) as codes`, [tenantId, memberId, now]);
    return { lost: [], blockers: [...(open?.quotes ? ["orders-open"] : []), ...(open?.bills ? ["bills-open"] : []), ...(open?.codes ? ["offline-codes"] : [])] };
  },
  async erase(scope, memberId) {
    const { tx, tenantId } = scope;
    const carts = await tx.rows("delete from commerce.quote where tenant_id = $1 and member_id = $2 returning 1", [tenantId, memberId]);
    const notes = await blankCustom(scope, memberId);
    const orders = await tx.rows<{ id: string }>("select id from commerce.\"order\" where tenant_id = $1 and member_id = $2", [tenantId, memberId]);
    await forgetComments(scope, "order", orders.map((row) => row.id));
    const bills = await tx.rows("update commerce.bill set host = null, note = null where tenant_id = $1 and host_id = $2 returning 1", [tenantId, memberId]);
    return { carts: carts.length, bills: bills.length, ...(notes > 0 ? { notes } : {}) };
  },
};
