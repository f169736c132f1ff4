import { audit } from "../../../kernel/audit.ts";
import { hint } from "../../../kernel/live.ts";
import { notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, demandStore, type Scope } from "../../../kernel/scope.ts";
import { findStore } from "../../org/index.ts";
import type { StaffRedemption } from "./mall.schema.ts";
import { readPickupCode } from "./pickup-code.ts";
import { getStaffRedemption, listStaffRedemptions } from "./redemption.view.ts";

export const codeUnknown = problem("loyalty/pickup-code-unknown", 404, "No redemption has this code");
export const alreadyHanded = problem("loyalty/already-handed", 409, "This was handed out already");
export const notReady = problem("loyalty/not-ready", 409, "This cannot be handed out");
export const otherStore = problem("loyalty/other-store", 409, "This is fetched in another store");

/** What a code stands for, whatever has become of it: the counter says why it does not hand out. */
export async function lookUpCode(scope: Scope, typed: string): Promise<StaffRedemption> {
  const { items: [found] } = await listStaffRedemptions(scope, { limit: 1, code: readPickupCode(typed) });
  if (!found) throw codeUnknown();
  return found;
}

/** Hands it out at a store: of two counters with the same code, one does. */
export async function handOut(scope: Scope, id: string, storeId: string): Promise<StaffRedemption> {
  const store = await findStore(scope, storeId);
  if (!store) throw notFound({ detail: "No such store" });
  demandStore(scope.actor, store.id);
  const handed = await scope.tx.rows<{ member_id: string; name: string }>(
    `update loyalty.redemption r set state = 'done', store_id = $3, handed_by = $4, handed_at = $5
       from loyalty.mall_item i
      where r.tenant_id = $1 and r.id = $2 and r.state = 'ready' and r.pickup_until > $5
        and i.tenant_id = $1 and i.id = r.item_id and (i.store_ids = '{}' or $3 = any(i.store_ids))
      returning r.member_id, r.name`, [scope.tenantId, id, store.id, actorRef(scope.actor), scope.now]);
  const after = await getStaffRedemption(scope, id);
  if (!handed[0]) throw refusalOf(after, store.id);
  audit(scope, { action: "redemption.hand-out", subjectKind: "redemption", subjectId: id, after: { storeId: store.id, name: after.name, quantity: after.quantity } });
  hint(scope, "members", [handed[0].member_id]);
  return after;
}

function refusalOf(redemption: StaffRedemption, storeId: string) {
  if (redemption.state === "done") return alreadyHanded({ handedAt: redemption.handedAt, storeName: redemption.storeName });
  if (redemption.state === "ready" && redemption.storeIds.length > 0 && !redemption.storeIds.includes(storeId)) return otherStore({ storeIds: redemption.storeIds });
  return notReady({ state: redemption.state, pickupUntil: redemption.pickupUntil });
}
