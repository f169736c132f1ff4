import { audit } from "../../../kernel/audit.ts";
import { hint } from "../../../kernel/live.ts";
import { fieldProblem, forbidden, notFound, problem } from "../../../kernel/problem.ts";
import { newId, staffOf, type Scope } from "../../../kernel/scope.ts";
import { listHolders } from "../../org/index.ts";
import { notify } from "../notification/notification.ts";
import { demandColleagues, namedIn } from "./colleague.ts";
import { unmaskPhones } from "./mask.ts";
import { findSubject, type Found, type Subjects } from "./subject.ts";

export const commentClosed = problem("platform/comment-closed", 409, "Too late: what colleagues have read and acted on stays as it is");
export const COMMENTED = "platform.commented";
/** A slip is mended the same day. */
export const OWN_MS = 86_400_000;
const MAX_ANSWERS = 200;
export const MAX_MENTIONS = 20;

export interface CommentRow {
  id: string;
  subject_kind: string;
  subject_id: string;
  root_id: string | null;
  author_id: string;
  sealed: Buffer;
  mentions: string[];
  created_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  /** Whoever may, where it was not its author. */
  removed_by: string | null;
}

const sealing = (id: string): string => `platform.comment:${id}`;
export const openComment = ({ vault }: Scope, { id, sealed }: Pick<CommentRow, "id" | "sealed">): string => vault.open(sealed, sealing(id));

export interface Words {
  body: string;
  mentions: readonly string[];
}

/** Those who were picked, and those who are named. */
async function mentioned(scope: Scope, found: Found, { body, mentions }: Words): Promise<string[]> {
  await demandColleagues(scope, found, mentions);
  return [...new Set([...mentions, ...(await namedIn(scope, found, body))])].slice(0, MAX_MENTIONS);
}

/** Says something about a subject, or answers. Whoever is mentioned is told, and whoever is answered. */
export async function addComment(scope: Scope, subjects: Subjects, { subjectKind, subjectId, replyTo, ...said }: Words & { subjectKind: string; subjectId: string; replyTo?: string | undefined }): Promise<string> {
  const found = await findSubject(scope, subjects, { kind: subjectKind, id: subjectId });
  const words = { ...said, mentions: await mentioned(scope, found, said) };
  const root = replyTo === undefined ? undefined : await rootOf(scope, found, replyTo);
  const id = newId<"comment">(scope);
  await scope.tx.db.insertInto("platform.comment").values({
    id, subject_kind: subjectKind, subject_id: found.id, root_id: root?.id ?? null, author_id: staffOf(scope), sealed: scope.vault.seal(words.body, sealing(id)), mentions: [...words.mentions],
    created_at: scope.now,
  }).execute();
  audit(scope, { action: "comment.add", subjectKind, subjectId: found.id, after: { commentId: id } });
  await ring(scope, found, words.mentions, "mention");
  if (root && !words.mentions.includes(root.author_id)) {
    const [still] = await listHolders(scope, { can: found.subject.can, storeId: found.storeId, among: [root.author_id] });
    if (still) await ring(scope, found, [still.id], "answer");
  }
  told(scope, found);
  return id;
}

/** The comment that is answered: of this thread, not an answer itself. */
async function rootOf(scope: Scope, { subject, id }: Found, commentId: string): Promise<{ id: string; author_id: string }> {
  const [root] = await scope.tx.rows<{ id: string; author_id: string; deleted_at: Date | null; answers: number }>(
    `select c.id, c.author_id, c.deleted_at, (select count(*)::int from platform.comment a where a.tenant_id = $1 and a.root_id = c.id) as answers
       from platform.comment c where c.tenant_id = $1 and c.id = $2 and c.subject_kind = $3 and c.subject_id = $4 and c.root_id is null`, [scope.tenantId, commentId, subject.kind, id]);
  if (!root || root.deleted_at) throw fieldProblem("replyTo", "unknown", "is no comment of this thread");
  if (root.answers >= MAX_ANSWERS) throw fieldProblem("replyTo", "too-many", "has as many answers as a comment may have");
  return root;
}

/** Tells colleagues, other than the author, where they are spoken to. */
async function ring(scope: Scope, { subject, id }: Found, staffIds: readonly string[], how: "mention" | "answer"): Promise<void> {
  await notify(scope, { staffIds: staffIds.filter((one) => one !== staffOf(scope)) }, { kind: "mention", title: `${how}.${subject.kind}`, link: subject.link(id) });
}

/** Open threads show it at once. The store lets each stream know whether its listener may hear. */
const told = (scope: Scope, { subject, id, storeId }: Found): void => hint(scope, COMMENTED, [`${subject.kind}/${storeId ?? ""}/${id}`]);

/** Writes one's own anew. What it said before is kept; only colleagues who were not mentioned before are told. */
export async function changeComment(scope: Scope, subjects: Subjects, id: string, { body, ...said }: Words): Promise<CommentRow> {
  const { row, found } = await lockOwn(scope, subjects, id);
  const mentions = await mentioned(scope, found, { body, ...said });
  const before = openComment(scope, row);
  await scope.tx.rows(
    `insert into platform.comment_version (tenant_id, comment_id, no, sealed, written_at)
     select $1, $2, count(*) + 1, $3, $4 from platform.comment_version where tenant_id = $1 and comment_id = $2`, [scope.tenantId, id, row.sealed, row.edited_at ?? row.created_at]);
  await scope.tx.rows("update platform.comment set sealed = $3, mentions = $4, edited_at = $5 where tenant_id = $1 and id = $2",
    [scope.tenantId, id, scope.vault.seal(unmaskPhones(body, before), sealing(id)), mentions, scope.now]);
  audit(scope, { action: "comment.change", subjectKind: row.subject_kind, subjectId: row.subject_id, after: { commentId: id } });
  await ring(scope, found, mentions.filter((one) => !row.mentions.includes(one)), "mention");
  told(scope, found);
  return row;
}

/** Takes one's own back: its place in the thread stays, its words are kept from view. */
export async function removeComment(scope: Scope, subjects: Subjects, id: string): Promise<CommentRow> {
  const { row, found } = await lockOwn(scope, subjects, id);
  await scope.tx.rows("update platform.comment set deleted_at = $3 where tenant_id = $1 and id = $2", [scope.tenantId, id, scope.now]);
  audit(scope, { action: "comment.remove", subjectKind: row.subject_kind, subjectId: row.subject_id, after: { commentId: id } });
  told(scope, found);
  return row;
}

/** A colleague's is kept from view, however old: its place stays and says who did so. */
export async function removeOthers(scope: Scope, subjects: Subjects, id: string, reason: string): Promise<void> {
  const { row, found } = await getComment(scope, subjects, id, true);
  if (row.deleted_at) throw notFound({ detail: "No such comment" });
  await scope.tx.rows("update platform.comment set deleted_at = $3, removed_by = $4 where tenant_id = $1 and id = $2", [scope.tenantId, id, scope.now, staffOf(scope)]);
  audit(scope, { action: "comment.remove", subjectKind: row.subject_kind, subjectId: row.subject_id, after: { commentId: id, authorId: row.author_id }, reason });
  told(scope, found);
}

async function lockOwn(scope: Scope, subjects: Subjects, id: string): Promise<{ row: CommentRow; found: Found }> {
  const { row, found } = await getComment(scope, subjects, id, true);
  if (row.author_id !== staffOf(scope)) throw forbidden({ detail: "Only who wrote it changes it" });
  if (row.created_at.getTime() + OWN_MS < scope.now.getTime()) throw commentClosed();
  if (row.deleted_at) throw notFound({ detail: "No such comment" });
  return { row, found };
}

/** A comment whose subject the caller may see; throws `notFound` otherwise. */
export async function getComment(scope: Scope, subjects: Subjects, id: string, locks = false): Promise<{ row: CommentRow; found: Found }> {
  const [row] = await scope.tx.rows<CommentRow>(`select * from platform.comment where tenant_id = $1 and id = $2${locks ? " for update" : ""}`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such comment" });
  return { row, found: await findSubject(scope, subjects, { kind: row.subject_kind, id: row.subject_id }) };
}

/** For the modules whose subjects go: the threads of some of them. */
export async function forgetComments(scope: Scope, kind: string, subjectIds: readonly string[]): Promise<number> {
  const values = [scope.tenantId, kind, subjectIds];
  await scope.tx.rows(
    `delete from platform.comment_version v using platform.comment c
      where v.tenant_id = $1 and c.tenant_id = $1 and c.id = v.comment_id and c.subject_kind = $2 and c.subject_id = any($3::text[])`, values);
  return (await scope.tx.rows("delete from platform.comment where tenant_id = $1 and subject_kind = $2 and subject_id = any($3::text[]) returning 1", values)).length;
}
