import { z } from "zod";
import { id, instant } from "../../../kernel/http/wire.ts";

/** From first contact to loss. Nobody is kept as potential: it is whoever has no other stage. */
export const LIFE_STAGES = ["potential", "aware", "first", "repeat", "loyal", "dormant", "lost"] as const;
export type LifeStage = (typeof LIFE_STAGES)[number];
/** Stages that one enters; nobody enters the first. */
export const ENTERED_STAGES = ["aware", "first", "repeat", "loyal", "dormant", "lost"] as const;
export const lifeStage = z.enum(LIFE_STAGES).meta({ id: "LifeStage" });

const action = z.object({
  tag: z.string().trim().min(1).max(32).nullable().default(null),
  couponTemplateId: id.nullable().default(null),
}).meta({ id: "LifeStageAction", description: "What entering the stage brings; a coupon at most once within the rest" });

const rules = z.object({
  loyalOrders: z.int().min(2).max(1_000),
  loyalMonths: z.int().min(1).max(24).meta({ description: "whole calendar months, the running one included" }),
  dormantAfterDays: z.int().min(1).max(3_650),
  lostAfterDays: z.int().min(2).max(3_650),
  restDays: z.int().min(0).max(3_650).meta({ description: "days within which entering the same stage again brings nothing" }),
  actions: z.partialRecord(z.enum(ENTERED_STAGES), action),
});
export type LifecycleRules = z.output<typeof rules>;
export const lifecycleRules = rules.refine((one) => one.lostAfterDays > one.dormantAfterDays, { path: ["lostAfterDays"], message: "must be later than dormantAfterDays" })
  .meta({ id: "LifecycleRules" });

export const lifecycleReply = z.object({
  rules: lifecycleRules,
  counts: z.array(z.object({
    stage: lifeStage, members: z.int(),
    entered: z.int().meta({ description: "how often it was entered within the last 30 days, without what a recount moved" }),
  })),
  isCounting: z.boolean().meta({ description: "whether everybody is being looked at anew, after the rules were changed" }),
}).meta({ id: "Lifecycle" });

/** The stage of one member. */
export const heldLifeStage = z.object({ stage: lifeStage, since: instant.nullable() }).meta({ id: "HeldLifeStage" });
export const lifeStageChanges = z.object({
  items: z.array(z.object({ from: lifeStage.nullable(), to: lifeStage, reason: z.string(), given: z.array(z.enum(["tag", "coupon"])), at: instant }).meta({ id: "LifeStageChange" })),
  nextCursor: z.null(),
});
