import { enqueue } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import { notFound, problem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { audit } from "../../platform/index.ts";
import { lockMembers, memberRow } from "../member.view.ts";
import type { Loss, PrivacyStep } from "./step.ts";

export const deletionBlocked = problem("customers/deletion-blocked", 409, "Something has to be settled before this account can be deleted");
export const PURGE_TASK = "customers.purge";

/** Time to think better of it. */
const UNDO_MS = 7 * 86_400_000;
/** What came up meanwhile (a refund to stored value) is looked at again a day later. */
export const PUT_OFF_MS = 86_400_000;

export interface DeletionPreview {
  lost: Loss[];
  blockers: string[];
}

export async function previewDeletion(scope: Scope, steps: readonly PrivacyStep[], memberId: string): Promise<DeletionPreview> {
  await memberRow(scope, memberId);
  const views = [];
  for (const step of steps) if (step.preview) views.push(await step.preview(scope, memberId));
  return { lost: views.flatMap((view) => view.lost), blockers: views.flatMap((view) => view.blockers) };
}

/**
 * A member leaves. At once nothing can be earned or spent any more; after seven days, in which it can be undone, everything is
 * purged. Throws `deletionBlocked` with what has to be settled first: stored value is paid out, not forfeited.
 */
export async function askForDeletion(scope: Scope, steps: readonly PrivacyStep[], memberId: string): Promise<Deletion> {
  const member = (await lockMembers(scope, [memberId])).get(memberId);
  if (!member) throw notFound({ detail: "No such member" });
  const known = await findDeletion(scope, memberId);
  if (known && known.state !== "undone") return known;
  const { blockers } = await previewDeletion(scope, steps, memberId);
  if (member.state !== "active") blockers.push("not-active");
  if (blockers.length > 0) throw deletionBlocked({ blockers });
  const id = newId<"deletion">(scope);
  await scope.tx.db.insertInto("customers.deletion").values({
    id, member_id: memberId, asked_by: actorRef(scope.actor), asked_at: scope.now, purge_at: new Date(scope.now.getTime() + UNDO_MS),
  }).execute();
  await setState(scope, memberId, "frozen");
  audit(scope, { action: "deletion.ask", subjectKind: "member", subjectId: memberId, after: { deletionId: id } });
  return getDeletion(scope, memberId);
}

/** The member stays. Throws `notFound` when there is nothing to undo any more. */
export async function undoDeletion(scope: Scope, memberId: string): Promise<Deletion> {
  await lockMembers(scope, [memberId]);
  const undone = await scope.tx.rows(
    "update customers.deletion set state = 'undone', undone_at = $3 where tenant_id = $1 and member_id = $2 and state = 'waiting' returning id", [scope.tenantId, memberId, scope.now]);
  if (undone.length === 0) throw notFound({ detail: "Nothing to undo" });
  await setState(scope, memberId, "active");
  audit(scope, { action: "deletion.undo", subjectKind: "member", subjectId: memberId });
  return getDeletion(scope, memberId);
}

async function setState(scope: Scope, memberId: string, state: "active" | "frozen"): Promise<void> {
  await scope.tx.rows("update customers.member set state = $3, updated_at = $4 where tenant_id = $1 and id = $2", [scope.tenantId, memberId, state, scope.now]);
  hint(scope, "members", [memberId]);
}

export interface Deletion {
  id: string;
  memberId: string;
  state: "waiting" | "undone" | "done";
  askedAt: string;
  purgeAt: string;
  undoneAt: string | null;
  doneAt: string | null;
  blockers: string[];
  certificate: unknown;
}

interface Row {
  id: string;
  member_id: string;
  state: Deletion["state"];
  asked_at: Date;
  purge_at: Date;
  undone_at: Date | null;
  done_at: Date | null;
  blockers: string[];
  certificate: unknown;
}

/** The last one asked for. */
export async function findDeletion(scope: Scope, memberId: string): Promise<Deletion | null> {
  const [row] = await scope.tx.rows<Row>(
    `select id, member_id, state, asked_at, purge_at, undone_at, done_at, blockers, certificate from customers.deletion
      where tenant_id = $1 and member_id = $2 order by id desc limit 1`, [scope.tenantId, memberId]);
  return row ? {
    id: row.id, memberId: row.member_id, state: row.state, askedAt: row.asked_at.toISOString(), purgeAt: row.purge_at.toISOString(),
    undoneAt: row.undone_at?.toISOString() ?? null, doneAt: row.done_at?.toISOString() ?? null, blockers: row.blockers, certificate: row.certificate,
  } : null;
}

async function getDeletion(scope: Scope, memberId: string): Promise<Deletion> {
  const found = await findDeletion(scope, memberId);
  if (!found) throw notFound();
  return found;
}

/** Starts the purges that are due, each in a transaction of its own. */
export async function startPurges(scope: Scope): Promise<void> {
  const due = await scope.tx.rows<{ id: string }>("select id from customers.deletion where tenant_id = $1 and state = 'waiting' and purge_at <= $2 order by purge_at limit 100", [scope.tenantId, scope.now]);
  for (const { id } of due) await enqueue(scope, PURGE_TASK, { deletionId: id });
}
