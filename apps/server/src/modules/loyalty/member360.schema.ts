import { z } from "zod";
import { day, id, instant, pageOf, pageQuery } from "../../kernel/http/wire.ts";
import { listMembersQuery, memberProfile } from "../customers/index.ts";

const count = z.int();
const tier = z.object({ id, name: z.string(), rank: z.int() });

/** A member as lists show one. */
export const memberRow = z.object({
  id, memberNo: z.string(), name: z.string(), phoneMasked: z.string().nullable(), tier: tier.nullable(), points: count, storedValueFen: count,
  lastOrderAt: instant.nullable(), joinedAt: instant, homeStoreId: id.nullable(), tags: z.array(z.string()), state: z.string(),
});
export const memberPage = pageOf(memberRow);
export const membersQuery = pageQuery.extend(listMembersQuery.shape);

/** Everything about a member on one screen. */
export const member360 = memberProfile.extend({
  points: z.object({ active: count, pending: count, frozen: count, expiring: z.object({ points: count, on: day }).nullable(), owed: count }),
  storedValue: z.object({ principalFen: count, bonusFen: count, frozenFen: count }),
  tier: tier.extend({
    since: instant.nullable(), until: instant.nullable(), benefits: z.array(z.string()), color: z.string(),
    next: z.object({ name: z.string(), missing: z.object({ spendFen: count.optional(), visits: count.optional() }) }).nullable(),
  }).nullable(),
  couponsUsable: count,
  facts: z.object({ orders: count, netFen: count, refundedFen: count, firstOrderAt: instant.nullable(), lastOrderAt: instant.nullable() }),
});
