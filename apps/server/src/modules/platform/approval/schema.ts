import { z } from "zod";
import { chainStep } from "../../../kernel/approval.ts";
import { id, instant, pageOf, pageQuery, reason, text } from "../../../kernel/http/wire.ts";

export const texts = z.object({ zh: z.string(), en: z.string() }).meta({ id: "Texts" });
const person = z.object({ id, name: z.string() }).meta({ id: "Person" });
const unit = z.enum(["points", "fen", "rows", "changes"]);
const state = z.enum(["waiting", "approved", "rejected", "withdrawn"]);
const mode = z.enum(["any", "all", "serial"]);

export const approvalQuery = pageQuery.extend({
  view: z.enum(["mine", "asked", "decided", "all"]).default("mine").meta({ description: "Waiting for the caller, asked by them, decided by them; all of them needs approvals.manage" }),
  kind: z.string().max(40).optional(), state: state.optional(),
});

export const approvalItem = z.object({
  id, kind: z.string(), title: texts, amount: z.int(), unit, reason: z.string(), state, stepNo: z.int(), steps: z.int(), stepName: z.string(),
  waitsFor: z.array(z.string()).meta({ description: "The names of those who can decide now" }),
  askedBy: person.nullable().meta({ description: "null: the member whom it is about" }), askedAt: instant, dueAt: instant.nullable(), endedAt: instant.nullable(),
  canDecide: z.boolean(), hasFailed: z.boolean().meta({ description: "It was agreed to, and could not be carried out" }),
}).meta({ id: "ApprovalSummary" });
export const approvalPage = pageOf(approvalItem);

const fact = z.object({
  label: texts, unit: z.enum(["text", "fen", "points", "count"]), before: z.union([z.string(), z.number()]).optional(), value: z.union([z.string(), z.number(), texts]),
}).meta({ id: "ApprovalFact" });
const seat = z.object({
  person, state: z.enum(["queued", "waiting", "approved", "rejected", "handed", "passed"]),
  forName: z.string().nullable().meta({ description: "Whose decision it is, where a colleague handed it over" }),
  decidedBy: z.string().nullable(), decidedAt: instant.nullable(), comment: z.string().nullable(),
}).meta({ id: "ApprovalSeat" });

export const approvalReply = approvalItem.extend({
  facts: z.array(fact), link: z.object({ kind: z.enum(["member", "order", "pack", "import", "withdrawal"]), id: z.string() }).nullable(),
  problem: z.object({ code: z.string(), title: z.string(), detail: z.string().optional() }).nullable(),
  place: z.string(),
  chain: z.array(z.object({
    name: z.string(), mode, state: z.enum(["done", "open", "coming", "left"]), seats: z.array(seat),
    people: z.array(z.string()).meta({ description: "Who would decide at a step that is still to come" }),
  })),
  history: z.array(z.object({
    at: instant, by: z.string(), what: z.string(), stepName: z.string(), comment: z.string().nullable(), to: z.array(z.string()), deputyOf: z.string().nullable(), problem: z.string().nullable(),
  })),
  can: z.array(z.enum(["approve", "reject", "delegate", "withdraw"])),
}).meta({ id: "Approval" });

export const decideBody = z.object({ comment: reason.optional() });
export const rejectBody = z.object({ comment: reason });
export const delegateBody = z.object({ staffId: id, comment: reason.optional() });

export const chainParams = z.object({ kind: z.string().max(40) });
const steps = z.array(chainStep).max(10);
export const chainReply = z.object({
  kind: z.string(), names: texts, unit, can: z.string(), hasLimit: z.boolean().meta({ description: "It knows a limit of one's own" }), steps, isDefault: z.boolean(),
  people: z.array(person).meta({ description: "Who is named in its steps, also those who have left" }), updatedAt: instant.nullable(), updatedBy: z.string().nullable(),
}).meta({ id: "ApprovalChain" });
export const chainList = z.object({ items: z.array(chainReply), nextCursor: z.null() });
export const chainBody = z.object({ steps: steps.nullable().meta({ description: "null: as it was before anything was set up" }) });

export const tryBody = z.object({ staffId: id, unitId: id.optional(), amount: z.int().min(0), isAboveLimit: z.boolean().optional(), steps: steps.optional() });
export const tryReply = z.object({
  isAsked: z.boolean(), asker: z.string(), place: z.string(),
  steps: z.array(z.object({
    name: z.string(), mode, applies: z.boolean(), leftOut: z.enum(["amount", "level", "limit"]).nullable(), people: z.array(person),
    isFallback: z.boolean().meta({ description: "Nobody could decide: the administrators would" }),
  })),
}).meta({ id: "ApprovalTry" });

export const colleagueQuery = z.object({ q: z.string().max(64).optional() });
export const colleagueList = z.object({ items: z.array(z.object({ id, name: z.string(), roles: z.string() }).meta({ id: "Colleague" })), nextCursor: z.null() });

export const deputyBody = z.object({ deputyId: id, from: instant, until: instant, note: text(100).optional() })
  .refine(({ from, until }) => new Date(from) < new Date(until), { message: "ends before it begins", path: ["until"] });
export const deputyReply = z.object({ id, person, deputy: person, from: instant, until: instant, note: z.string().nullable(), isMine: z.boolean() }).meta({ id: "Deputy" });
export const deputyList = z.object({ items: z.array(deputyReply), nextCursor: z.null() });
