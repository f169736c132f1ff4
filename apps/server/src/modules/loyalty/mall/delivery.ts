import type { Scope } from "../../../kernel/scope.ts";
import { issueCoupons } from "../../promotions/index.ts";
import { couponRefused } from "../benefits/gift.ts";
import { grantFor } from "../benefits/grant.ts";
import type { Item } from "./mall.schema.ts";

export interface Delivered {
  id: string;
  memberId: string;
  quantity: number;
  item: Pick<Item, "kind" | "couponTemplateId" | "benefitId">;
}

/** What needs no counter is there at once: coupons from their template, with its stock and limits, and benefits. */
export async function deliver(scope: Scope, { id, memberId, quantity, item }: Delivered): Promise<void> {
  if (item.couponTemplateId) {
    const couponIds: string[] = [];
    for (let count = 0; count < quantity; count++) couponIds.push(await issueOne(scope, item.couponTemplateId, memberId));
    await keepOutcome(scope, id, { couponIds });
  }
  if (item.benefitId) await keepOutcome(scope, id, { grantId: await grantFor(scope, { benefitId: item.benefitId, memberId, period: `mall ${id}`, quota: quantity }) });
}

async function issueOne(scope: Scope, templateId: string, memberId: string): Promise<string> {
  const { issued: [coupon], refused: [refusal] } = await issueCoupons(scope, templateId, [memberId]);
  if (!coupon) throw couponRefused({ detail: refusal?.message ?? "", reason: refusal?.code ?? "" });
  return coupon.couponId;
}

async function keepOutcome(scope: Scope, id: string, outcome: object): Promise<void> {
  await scope.tx.rows("update loyalty.redemption set outcome = $3 where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, id, JSON.stringify(outcome)]);
}
