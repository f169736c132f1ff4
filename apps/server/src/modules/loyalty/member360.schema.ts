import { z } from "zod";
import { day, id, instant, pageOf, pageQuery } from "../../kernel/http/wire.ts";
import { listMembersQuery, memberProfile } from "../customers/index.ts";
import { customValues } from "../objects/index.ts";
import { heldLifeStage, lifeStage } from "./lifecycle/lifecycle.schema.ts";
import { rightKind } from "./benefits/benefits.schema.ts";

const count = z.int();
const missing = z.object({ spendFen: count.optional(), visits: count.optional(), growth: count.optional() });

/** A member's tier, the way to the next one, and what follows the term: with every member that is answered, in lists too. */
const memberTier = z.object({
  id, name: z.string(), rank: z.int(), since: instant.nullable(), until: instant.nullable(), benefits: z.array(z.string()), color: z.string(),
  next: z.object({ name: z.string(), condition: z.enum(["any", "all"]), missing }).nullable(),
  /** given by hand, until its end */
  isGranted: z.boolean(),
  /** what the window's months add up to */
  counted: z.object({ spendFen: count, visits: count, growth: count, fromMonth: z.string(), untilMonth: z.string() }),
  /** what follows the term if nothing more happens, decided after `on`, and what is missing for keeping this tier */
  projected: z.object({ id: id.nullable(), name: z.string().nullable(), on: day, isKept: z.boolean(), missing }).nullable(),
}).meta({ id: "MemberTier" });

/** A member as lists show one. */
export const memberRow = z.object({
  id, memberNo: z.string(), name: z.string(), phoneMasked: z.string().nullable(), tier: memberTier.nullable(), points: count, storedValueFen: count,
  lastOrderAt: instant.nullable(), joinedAt: instant, homeStoreId: id.nullable(), tags: z.array(z.string()), state: z.string(), lifeStage: heldLifeStage, custom: customValues,
}).meta({ id: "MemberSummary" });
export const memberPage = pageOf(memberRow);
export const membersQuery = pageQuery.extend({ ...listMembersQuery.shape, lifeStage: lifeStage.optional() });

/** Everything about a member on one screen. */
export const member360 = memberProfile.extend({
  /** own fields of the tenant by key, and what those that they refer to are called */
  custom: customValues, customReferences: z.record(z.string(), z.string()),
  points: z.object({
    active: count, pending: count, frozen: count, owed: count,
    /** those that end first, whenever that is */
    expiring: z.object({ points: count, on: day }).nullable(),
    /** within 30 days: how many in all, and when the first of them */
    expiringSoon: z.object({ points: count, on: day, days: count }).nullable(),
    /** those that can be spent next */
    activating: z.object({ points: count, on: day }).nullable(),
  }).meta({ id: "MemberPoints" }),
  storedValue: z.object({ principalFen: count, bonusFen: count, frozenFen: count }),
  tier: memberTier.nullable(), lifeStage: heldLifeStage,
  /** rights that staff see to, or the till: a place in the queue, free delivery, a price */
  rights: z.array(z.object({ kind: rightKind, name: z.string() })),
  couponsUsable: count,
  facts: z.object({ orders: count, netFen: count, refundedFen: count, firstOrderAt: instant.nullable(), lastOrderAt: instant.nullable() }),
}).meta({ id: "Member" });
/** What a member sees of it: own fields of the tenant are notes of staff. */
export const ownMember = member360.omit({ custom: true, customReferences: true, lifeStage: true }).meta({ id: "OwnMember" });
export const registeredMember = member360.extend({ created: z.boolean() });
