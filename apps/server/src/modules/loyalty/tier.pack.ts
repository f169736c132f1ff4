import type { z } from "zod";
import { audit } from "../../kernel/audit.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { PackSection } from "../objects/index.ts";
import { isNamedInTerms } from "../promotions/index.ts";
import { lockProgram } from "./program.lock.ts";
import { bumpProgram } from "./program.ts";
import { tierBody } from "./program.schema.ts";
import { createTier, listTiers, muddleOf, wholeTier, type TierWire } from "./tier.ts";

type TierWish = z.output<typeof tierBody>;

/** Tiers of a pack. A rank is one tier's, so a brand with a tier of that rank keeps its own, whatever it is called. */
export const tierSection: PackSection<TierWish> = {
  key: "tiers", can: "loyalty.manage", wish: tierBody.strict(),
  present: listTiers,
  isMeant: (wish, other) => wish.rank === (other as TierWish).rank,
  obstacle(wish, others) {
    const tiers = others as readonly TierWish[];
    const namesake = tiers.find((other) => other.name === wish.name);
    return namesake ? { other: namesake, field: "rank" } : muddleOf(tiers.map(wholeTier), wholeTier(wish));
  },
  make: createTier,
  unmake: removeTier,
};

/** Takes a tier away that no member is or was in and that nothing asks for. */
async function removeTier(scope: Scope, id: string): Promise<boolean> {
  await lockProgram(scope);
  const before = (await listTiers(scope)).find((tier) => tier.id === id);
  if (!before) return true;
  if (before.members > 0 || await isNamed(scope, id) || await isNamedInTerms(scope, id)) return false;
  await scope.tx.db.deleteFrom("loyalty.tier").where("id", "=", id).execute();
  await bumpProgram(scope);
  audit(scope, { action: "tier.remove", subjectKind: "tier", subjectId: id, before: before satisfies TierWire });
  return true;
}

async function isNamed({ tx, tenantId }: Scope, id: string): Promise<boolean> {
  const rows = await tx.rows(
    `select 1 from loyalty.standing where tenant_id = $1 and tier_id = $2
     union all select 1 from loyalty.tier_change where tenant_id = $1 and $2 in (from_tier_id, to_tier_id)
     union all select 1 from loyalty.tier_grant where tenant_id = $1 and tier_id = $2
     union all select 1 from loyalty.benefit where tenant_id = $1 and $2 = any(tier_ids)
     union all select 1 from loyalty.mall_item where tenant_id = $1 and $2 = any(tier_ids)
     union all select 1 from loyalty.earn_rule where tenant_id = $1 and definition::text like '%' || $2::text || '%' limit 1`, [tenantId, id]);
  return rows.length > 0;
}
