import type { PrivacyStep } from "../customers/index.ts";
import { Journal } from "../ledger/index.ts";
import { storedValueAccounts } from "./stored-value.ts";

/** Money is paid out before anybody goes; payments and cards stay as what they were, without words about whose. */
export const privacyStep: PrivacyStep = {
  module: "payments",
  holds: [
    "payments.card.member_id", "payments.freeze.member_id", "payments.payment.member_id", "payments.renewal.member_id", "payments.stored_card.member_id",
    "payments.top_up.member_id", "payments.transfer.from_member_id", "payments.transfer.to_member_id", "payments.withdrawal.member_id",
  ],
  async preview(scope, memberId) {
    const journal = await Journal.open(scope, storedValueAccounts(memberId));
    const storedValueFen = storedValueAccounts(memberId).reduce((sum, key) => sum + (journal.find(key)?.balance ?? 0), 0);
    const [open] = await scope.tx.rows<{ cards: number; withdrawals: number; payments: number; renewals: number }>(
      `select (select count(*)::int from payments.card c where c.tenant_id = $1 and c.member_id = $2 and c.state in ('active', 'paused')) as cards,
              (select count(*)::int from payments.withdrawal w where w.tenant_id = $1 and w.member_id = $2 and w.state in ('waiting', 'paying')) as withdrawals,
              (select count(*)::int from payments.renewal r where r.tenant_id = $1 and r.member_id = $2 and r.state = 'active') as renewals`, [scope.tenantId, memberId]);
    const blockers = [
      ...(storedValueFen > 0 ? ["stored-value"] : []), ...(open?.cards ? ["cards"] : []), ...(open?.withdrawals ? ["withdrawals"] : []), ...(open?.renewals ? ["renewals"] : []),
    ];
    return { lost: [], blockers };
  },
  async erase({ tx, tenantId }, memberId) {
    const withdrawals = await tx.rows("update payments.withdrawal set reason = '—', reference = null where tenant_id = $1 and member_id = $2 returning 1", [tenantId, memberId]);
    const payments = await tx.rows("update payments.payment set pay_params = null, code_url = null where tenant_id = $1 and member_id = $2 and (pay_params is not null or code_url is not null) returning 1", [tenantId, memberId]);
    return { withdrawals: withdrawals.length, payments: payments.length };
  },
};
