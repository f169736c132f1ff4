import type { Scope } from "../../../kernel/scope.ts";
import type { MergePair } from "../../customers/index.ts";
import { placeMembers } from "./life-stage.ts";

/** After the standings have been added up: the survivor is where both lives lead, the absorbed one nowhere. Whether they were somewhere. */
export async function leaveStage(scope: Scope, { survivorId, absorbedId }: Omit<MergePair, "mergeId">): Promise<boolean> {
  const left = await scope.tx.rows("delete from loyalty.life_stage where tenant_id = $1 and member_id = $2 returning member_id", [scope.tenantId, absorbedId]);
  await placeMembers(scope, [survivorId], "merge");
  return left.length > 0;
}

/** After the standings have been parted. Who was aware, and has no order, is so again. */
export async function returnToStage(scope: Scope, { survivorId, absorbedId }: Omit<MergePair, "mergeId">, wasSomewhere: boolean): Promise<void> {
  await placeMembers(scope, [survivorId], "merge");
  await placeMembers(scope, [absorbedId], wasSomewhere ? "return" : "merge");
}
