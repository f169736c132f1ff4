import { z } from "zod";
import { id, instant, pageOf, pageQuery, reason, text } from "../../kernel/http/wire.ts";
import { recordView } from "../objects/index.ts";

const MOST_AT_ONCE = 200;

export const destination = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("claim") }),
  z.object({ kind: z.literal("assign"), staffId: id, reason: reason.optional() }),
  z.object({ kind: z.literal("return"), reason }),
  z.object({ kind: z.literal("extend") }),
  z.object({ kind: z.literal("move"), poolId: id }),
]);
export type Destination = z.output<typeof destination>;
export const moveBody = z.object({ recordIds: z.array(id).min(1).max(MOST_AT_ONCE), to: destination });

export const REFUSALS = ["taken", "full", "daily-limit", "cooling-down", "not-yours", "no-extension-left", "not-in-pool", "inactive-staff"] as const;
export type Refusal = (typeof REFUSALS)[number];
const person = z.object({ id, name: z.string() }).meta({ id: "SeaPerson" });

const outcome = z.object({
  recordId: id, outcome: z.enum(["moved", "unchanged", "refused"]), code: z.enum(REFUSALS).optional(),
  /** cooling-down, daily-limit: from when on it may be claimed */
  until: instant.optional(),
  /** taken: who has it */
  owner: person.optional(),
}).meta({ id: "SeaOutcome" });
export const moveReply = z.object({ outcomes: z.array(outcome) });

export const seaQuery = pageQuery.extend({
  side: z.enum(["public", "mine", "all"]).default("public"), ownerId: id.optional(), q: text(100).optional(),
  /** only what falls back within so many days */
  dueWithin: z.coerce.number().int().min(0).max(3_650).optional(),
  /** due: what falls back first; since: what is where it is for longest first, -since: last. Newest record first without. */
  sort: z.enum(["due", "since", "-since"]).optional(),
});

const dates = {
  owner: person.nullable(), since: instant, touchedAt: instant, dueAt: instant.nullable(),
  /** whole days, begun ones too */
  daysLeft: z.int().nullable(),
};
export const seaRecord = recordView.extend({
  ...dates,
  isWon: z.boolean(),
  /** until when the caller may not claim it */
  coolDownUntil: instant.nullable(),
}).meta({ id: "SeaRecord" });

export const seaPage = pageOf(seaRecord);

const entryKinds = ["join", "claim", "assign", "transfer", "return", "recycle", "extend", "move", "leave"] as const;
export const ownership = z.object({
  pool: z.object({ id, name: z.string(), nameEn: z.string() }), ...dates,
  reasonDue: z.enum(["idle", "win"]).nullable(), extensionsLeft: z.int(), isWon: z.boolean(), coolDownUntil: instant.nullable(),
  /** latest first, at most a hundred */
  history: z.array(z.object({ kind: z.enum(entryKinds), from: person.nullable(), to: person.nullable(), reason: z.string().nullable(), at: instant, by: z.string().nullable() })),
}).meta({ id: "Ownership" });
