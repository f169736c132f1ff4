import type { PrivacyStep } from "./step.ts";

/** What this module holds itself; the purge removes it last, the member's row with it. */
export const privacyStep: PrivacyStep = {
  module: "customers",
  holds: [
    "customers.identity.member_id", "customers.member_tag.member_id", "customers.session.member_id", "customers.code_use.member_id", "customers.consent.member_id",
    "customers.deletion.member_id", "customers.data_copy.member_id", "customers.message.member_id", "customers.merge.survivor_id", "customers.merge.absorbed_id",
    "customers.member.merged_into", "customers.member_address.member_id", "customers.match_card.member_id", "customers.duplicate.a_id", "customers.duplicate.b_id",
  ],
};
