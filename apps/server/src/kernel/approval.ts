import { z } from "zod";
import { id, instant } from "./http/wire.ts";
import type { Scope } from "./scope.ts";

/** What modules and the approvals say to each other; here, so that every module can, also those that may not use `platform`. */

/** In both languages, because whoever decides may read the other one. */
export interface Texts {
  zh: string;
  en: string;
}

export interface Fact {
  label: Texts;
  unit: "text" | "fen" | "points" | "count";
  /** Where deciding changes it: what it is now. */
  before?: string | number;
  value: string | number | Texts;
}

/** A request in plain words. Read whenever it is shown and never stored: names are masked and erased at their source. */
export interface Description {
  title: Texts;
  link: { kind: "member" | "order" | "pack" | "import" | "withdrawal"; id: string } | null;
  facts: Fact[];
}

const levels = ["store", "city", "region", "headquarters"] as const;
const staffIds = z.array(id).min(1).max(20);

/** Who decides at a step. `able`: whoever could do it without asking. `leader`: whoever holds the role at that level above the place. */
const stepWho = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("able") }),
  z.object({ kind: z.literal("roles"), roleIds: z.array(id).min(1).max(20) }),
  z.object({ kind: z.literal("staff"), staffIds }),
  z.object({ kind: z.literal("leader"), roleId: id, level: z.enum(levels) }),
]);

export const chainStep = z.object({
  name: z.string().trim().min(1).max(40),
  who: stepWho,
  mode: z.enum(["any", "all", "serial"]).meta({ description: "One of them is enough, all of them, or all one after the other" }),
  when: z.object({
    from: z.int().min(0).max(Number.MAX_SAFE_INTEGER).optional().meta({ description: "From this amount on, in what the kind counts" }),
    levels: z.array(z.enum(levels)).max(4).optional().meta({ description: "Where the asker belongs; absent or empty: everywhere" }),
    isAboveLimit: z.boolean().optional().meta({ description: "Only where it is above the asker's own limit" }),
  }).default({}),
  timeoutHours: z.int().min(1).max(720).optional(),
  escalateTo: z.discriminatedUnion("kind", [z.object({ kind: z.literal("next-level") }), z.object({ kind: z.literal("staff"), staffIds })]).optional(),
}).meta({ id: "ApprovalStep" });
export type ChainStep = z.output<typeof chainStep>;
export type Level = (typeof levels)[number];
export const unitLevels: readonly Level[] = levels;

/** A kind of wish that may have to wait for others; `app.ts` lists them. */
export interface ApprovalKind {
  kind: string;
  names: Texts;
  /** What asking needs; whoever has it is `able`, unless `mayAlone` says otherwise. */
  can: string;
  /** What agreeing takes where it is a permission of its own; whoever has it is `able`, whatever their limit. */
  canDecide?: string;
  /** What `amount` counts. */
  unit: "points" | "fen" | "rows" | "changes";
  /** For tenants that have set nothing up, their names a code for which clients have words; none: nobody is asked. They also catch what is above somebody's limit where no other step applies. */
  defaultSteps: readonly ChainStep[];
  /** Which of these people could do this much without asking anybody. */
  mayAlone?(scope: Scope, staffIds: readonly string[], amount: number): Promise<readonly string[]>;
  describe(scope: Scope, payload: never): Promise<Description>;
  /** In the transaction of the last decision. A Problem thrown here leaves the request waiting, with the reason. */
  carryOut(scope: Scope, request: { id: string; payload: never; reason: string }): Promise<void>;
  /** It came to nothing. */
  ended?(scope: Scope, payload: never, state: "rejected" | "withdrawn"): Promise<void>;
}

export interface Wish {
  kind: string;
  /** The id of what waits, where it has one already: the request gets the same. */
  id?: string;
  /** Ids and what was chosen; no names, no phones. */
  payload: object;
  amount: number;
  reason: string;
  /** The store it is about; otherwise where the asker belongs, and headquarters for somebody who belongs nowhere. */
  unitId?: string | null;
  isAboveLimit?: boolean;
}

/** What is answered, with 202, while somebody has to decide. */
export const approvalWaiting = z.object({
  state: z.literal("waiting"), requestId: id, kind: z.string(), stepName: z.string(), deciders: z.array(z.string()), dueAt: instant.nullable(),
}).meta({ id: "ApprovalWaiting" });
export type ApprovalWaiting = z.output<typeof approvalWaiting>;

export interface Approvals {
  /** Whether anybody could have to be asked for this kind here; spares working out the amount. */
  isGoverned(scope: Scope, kind: string): Promise<boolean>;
  /** Asks, where the tenant's chain says so; nothing happens until then. `null`: nobody has to be asked, do it now. */
  ask(scope: Scope, wish: Wish): Promise<ApprovalWaiting | null>;
  /** Whether `ask` would. */
  wouldAsk(scope: Scope, wish: Omit<Wish, "payload" | "reason">): Promise<boolean>;
  /** Whoever asked does not want it any more. Throws a Problem where it was not them, or it has been decided. */
  takeBack(scope: Scope, requestId: string): Promise<void>;
  /** What waits of a kind, whose payload says this. */
  waitingOn(scope: Scope, kind: string, about: object): Promise<{ requestId: string; askedAt: string; deciders: string[] }[]>;
}
