import type { Scope } from "../../../kernel/scope.ts";
import { tagMember, untagMember } from "../../customers/index.ts";
import type { Card } from "./card.rows.ts";

/**
 * While a card is good its member wears the card's tag, and offers and member prices that are for that tag apply: what a card gives
 * is an offer like any other.
 */
export async function wearBenefit(scope: Scope, card: Pick<Card, "memberId" | "benefitTag">): Promise<void> {
  if (card.benefitTag) await tagMember(scope, card.memberId, card.benefitTag);
}

/** Takes the tag away, unless another card of the member's still gives it. */
export async function dropBenefit(scope: Scope, card: Pick<Card, "id" | "memberId" | "benefitTag">): Promise<void> {
  if (!card.benefitTag) return;
  const others = await scope.tx.rows("select 1 from payments.card where tenant_id = $1 and member_id = $2 and benefit_tag = $3 and state = 'active' and id <> $4",
    [scope.tenantId, card.memberId, card.benefitTag, card.id]);
  if (others.length === 0) await untagMember(scope, card.memberId, card.benefitTag);
}
