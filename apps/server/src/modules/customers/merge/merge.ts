import { MEMBERS_MERGED, MERGE_UNDONE, type MembersMerged } from "../../../events/customers.ts";
import { publish } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import { fieldProblem, notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { audit } from "../../platform/index.ts";
import { lockMembers, memberRowInReach } from "../member.view.ts";
import type { Choices } from "./fields.ts";
import { mergeProfile, partProfile, previewProfile, type KeptProfile } from "./profile.ts";
import type { MergeLine, MergePair, MergeStep } from "./step.ts";
import { survivorOf } from "./survivor.ts";

export const mergeBlocked = problem("customers/merge-blocked", 409, "These members cannot be merged now");
export const mergeOver = problem("customers/merge-over", 409, "This merge cannot be undone");

/** 180 days: half a year, in which a guest will have come and said so. */
const UNDO_MS = 180 * 86_400_000;
const OWN = "customers";

export interface MergeWish {
  survivorId: string;
  absorbedId: string;
  choices: Choices;
}

/** What would become of both, and why it cannot be done where it cannot. Changes nothing. */
export async function previewMerge(scope: Scope, steps: readonly MergeStep[], { choices, ...wish }: MergeWish) {
  const pair = { ...wish, mergeId: "" };
  const [survivor, absorbed] = await rowsOf(scope, pair);
  const own = await previewProfile(scope, survivor, absorbed, choices);
  const lines: MergeLine[] = [...own.lines];
  const blockers = [survivor, absorbed].some((row) => row.state !== "active") ? ["not-active"] : [];
  const leaving = await scope.tx.rows("select 1 from customers.deletion where tenant_id = $1 and member_id in ($2, $3) and state = 'waiting'", [scope.tenantId, survivor.id, absorbed.id]);
  if (leaving.length > 0) blockers.push("deletion-waiting");
  for (const step of steps) {
    const view = await step.preview(scope, pair);
    lines.push(...view.lines);
    blockers.push(...view.blockers);
  }
  return { survivorId: survivor.id, absorbedId: absorbed.id, fields: own.fields, custom: own.custom, customReferences: own.customReferences, lines, blockers };
}

/**
 * Makes one member part of another: everything of every module follows, in one transaction, in the order of the list. The absorbed member
 * stays as an alias; what was moved is kept, so that it can be undone for 180 days. Throws `mergeBlocked` with every reason.
 */
export async function mergeMembers(scope: Scope, steps: readonly MergeStep[], { reason, choices, ...wish }: MergeWish & { reason: string }): Promise<string> {
  await rowsOf(scope, wish);
  await lockMembers(scope, [wish.survivorId, wish.absorbedId]);
  const { blockers } = await previewMerge(scope, steps, { ...wish, choices });
  if (blockers.length > 0) throw mergeBlocked({ blockers });
  const mergeId = newId<"merge">(scope);
  const pair = { ...wish, mergeId };
  await scope.tx.db.insertInto("customers.merge").values({
    id: mergeId, survivor_id: wish.survivorId, absorbed_id: wish.absorbedId, reason, by_actor: actorRef(scope.actor), by_name: "name" in scope.actor ? scope.actor.name : "",
    at: scope.now, undo_until: new Date(scope.now.getTime() + UNDO_MS),
  }).execute();
  await keep(scope, mergeId, OWN, await mergeProfile(scope, pair, choices));
  for (const step of steps) await keep(scope, mergeId, step.module, await step.merge(scope, pair));
  await scope.tx.rows("update customers.member set state = 'merged', merged_into = $3, updated_at = $4 where tenant_id = $1 and id = $2",
    [scope.tenantId, wish.absorbedId, wish.survivorId, scope.now]);
  await tell(scope, MEMBERS_MERGED, pair, reason);
  return mergeId;
}

export interface StandingMerge extends MergePair {
  state: "done" | "undone";
  undoUntil: Date;
}

/** What going back would mean; `blockers` say why it cannot be done. */
export async function previewUndo(scope: Scope, steps: readonly MergeStep[], mergeId: string) {
  const merge = await getStanding(scope, mergeId);
  const lines: MergeLine[] = [];
  const blockers = await undoBlockers(scope, merge);
  const kept = await keptOf(scope, mergeId);
  for (const step of steps) {
    const view = await step.previewUndo?.(scope, merge, kept.get(step.module) as never);
    lines.push(...(view?.lines ?? []));
    blockers.push(...(view?.blockers ?? []));
  }
  return { mergeId, survivorId: merge.survivorId, absorbedId: merge.absorbedId, lines, blockers };
}

/** Makes two of one again, each with what is left of what they brought. Throws `mergeOver`, and what a module has against it. */
export async function undoMerge(scope: Scope, steps: readonly MergeStep[], mergeId: string, reason: string): Promise<void> {
  const { survivorId, absorbedId } = await getStanding(scope, mergeId);
  await memberRowInReach(scope, survivorId);
  await lockMembers(scope, [survivorId, absorbedId]);
  const merge = await getStanding(scope, mergeId);
  const blockers = await undoBlockers(scope, merge);
  if (blockers.length > 0) throw mergeOver({ blockers });
  await scope.tx.rows("update customers.merge set state = 'undone', undone_at = $3, undone_by = $4, undo_reason = $5 where tenant_id = $1 and id = $2",
    [scope.tenantId, mergeId, scope.now, actorRef(scope.actor), reason]);
  await scope.tx.rows("update customers.member set state = 'active', merged_into = null, updated_at = $3 where tenant_id = $1 and id = $2", [scope.tenantId, absorbedId, scope.now]);
  const kept = await keptOf(scope, mergeId);
  await partProfile(scope, merge, kept.get(OWN) as KeptProfile);
  // A module that did not exist when the members were merged has nothing to give back.
  for (const step of steps) if (kept.has(step.module)) await step.undo(scope, merge, kept.get(step.module) as never);
  await tell(scope, MERGE_UNDONE, merge, reason);
}

async function rowsOf(scope: Scope, { survivorId, absorbedId }: Pick<MergePair, "survivorId" | "absorbedId">) {
  if (survivorId === absorbedId || (await survivorOf(scope, absorbedId)) === survivorId) throw fieldProblem("otherId", "same", "is the same member");
  return [await memberRowInReach(scope, survivorId), await memberRowInReach(scope, absorbedId)] as const;
}

async function getStanding(scope: Scope, mergeId: string): Promise<StandingMerge> {
  const [row] = await scope.tx.rows<{ survivor_id: string; absorbed_id: string; state: StandingMerge["state"]; undo_until: Date }>(
    "select survivor_id, absorbed_id, state, undo_until from customers.merge where tenant_id = $1 and id = $2", [scope.tenantId, mergeId]);
  if (!row) throw notFound({ detail: "No such merge" });
  return { mergeId, survivorId: row.survivor_id, absorbedId: row.absorbed_id, state: row.state, undoUntil: row.undo_until };
}

/** Undone already, too late, or the survivor was merged in turn: then the later merge is undone first. */
async function undoBlockers(scope: Scope, merge: StandingMerge): Promise<string[]> {
  const survivor = await memberRowInReach(scope, merge.survivorId);
  return [
    ...(merge.state === "undone" ? ["undone"] : []), ...(merge.undoUntil <= scope.now ? ["too-late"] : []),
    ...(survivor.state === "merged" ? ["merged-again"] : []), ...(survivor.state === "closed" ? ["closed"] : []),
  ];
}

const keep = (scope: Scope, mergeId: string, module: string, kept: object): Promise<unknown> => scope.tx.rows(
  "insert into customers.merge_part (tenant_id, merge_id, module, kept) values ($1, $2, $3, $4)", [scope.tenantId, mergeId, module, JSON.stringify(kept)]);

async function keptOf({ tx, tenantId }: Scope, mergeId: string): Promise<Map<string, unknown>> {
  const rows = await tx.rows<{ module: string; kept: unknown }>("select module, kept from customers.merge_part where tenant_id = $1 and merge_id = $2", [tenantId, mergeId]);
  return new Map(rows.map((row) => [row.module, row.kept]));
}

async function tell(scope: Scope, type: string, { mergeId, survivorId, absorbedId }: MergePair, reason: string): Promise<void> {
  const told: MembersMerged = { mergeId, survivorId, absorbedId, reason };
  await publish(scope, type, survivorId, told);
  await publish(scope, type, absorbedId, told);
  audit(scope, { action: type === MEMBERS_MERGED ? "member.merge" : "member.unmerge", subjectKind: "member", subjectId: survivorId, after: { mergeId, absorbedId }, reason });
  hint(scope, "members", [survivorId, absorbedId]);
}
