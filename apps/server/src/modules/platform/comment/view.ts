import type { z } from "zod";
import { audit } from "../../../kernel/audit.ts";
import { decodeCursor, pageFrom, type Page } from "../../../kernel/http/page.ts";
import { forbidden, notFound } from "../../../kernel/problem.ts";
import { may, scopeOf, staffOf, type Scope } from "../../../kernel/scope.ts";
import { staffNames } from "../../org/index.ts";
import { answerNotice } from "../notification/reading.ts";
import { COMMENTED, getComment, openComment, OWN_MS, type CommentRow } from "./comment.ts";
import { maskPhones } from "./mask.ts";
import type { commentReply, threadItem, threadQuery } from "./schema.ts";
import { findSubject, type Subjects } from "./subject.ts";
import type { Teller } from "../live.ts";

type Comment = z.input<typeof commentReply>;

/** A thread, the latest first, each with its answers, the earliest first. */
export async function listThread(scope: Scope, subjects: Subjects, { subjectKind, subjectId, limit, cursor }: z.output<typeof threadQuery>): Promise<Page<z.input<typeof threadItem>>> {
  const found = await findSubject(scope, subjects, { kind: subjectKind, id: subjectId });
  const [before] = decodeCursor(cursor, 1) ?? [null];
  const roots = await scope.tx.rows<CommentRow>(
    // What its author took back and is not answered leaves no trace.
    `select c.* from platform.comment c
      where c.tenant_id = $1 and c.subject_kind = $2 and c.subject_id = $3 and c.root_id is null and ($4::uuid is null or c.id < $4)
        and (c.deleted_at is null or c.removed_by is not null or exists (select 1 from platform.comment a where a.tenant_id = $1 and a.root_id = c.id and (a.deleted_at is null or a.removed_by is not null))) order by c.id desc limit $5`,
    [scope.tenantId, subjectKind, found.id, before, limit + 1]);
  const answers = await scope.tx.rows<CommentRow>("select * from platform.comment where tenant_id = $1 and root_id = any($2::uuid[]) and (deleted_at is null or removed_by is not null) order by id", [scope.tenantId, roots.map((row) => row.id)]);
  const view = await viewer(scope, [...roots, ...answers]);
  const byRoot = Map.groupBy(answers, (row) => row.root_id ?? "");
  return pageFrom(roots, limit, (row) => ({ ...view(row), answers: (byRoot.get(row.id) ?? []).map(view) }), (row) => [row.id]);
}

/** The caller has the thread open: what told them of it is answered. */
export async function seeThread(scope: Scope, subjects: Subjects, subject: { subjectKind: string; subjectId: string }): Promise<void> {
  const found = await findSubject(scope, subjects, { kind: subject.subjectKind, id: subject.subjectId });
  await answerNotice(scope, found.subject.link(found.id));
}

export async function viewComment(scope: Scope, subjects: Subjects, id: string): Promise<Comment> {
  const { row } = await getComment(scope, subjects, id);
  return (await viewer(scope, [row]))(row);
}

async function viewer(scope: Scope, rows: readonly CommentRow[]): Promise<(row: CommentRow) => Comment> {
  const own = staffOf(scope);
  const names = await staffNames(scope, rows.flatMap((row) => [row.author_id, row.removed_by ?? [], row.mentions].flat()).map((id) => `staff:${id}`));
  const person = (id: string) => ({ id, name: names.get(`staff:${id}`) ?? "" });
  return (row) => {
    const said = row.deleted_at ? null : openComment(scope, row);
    const body = said === null ? null : maskPhones(said);
    const isOpen = row.author_id === own && !row.deleted_at && row.created_at.getTime() + OWN_MS >= scope.now.getTime();
    return {
      id: row.id, body, author: person(row.author_id), mentions: row.deleted_at ? [] : row.mentions.map(person), createdAt: row.created_at.toISOString(), editedAt: row.edited_at?.toISOString() ?? null,
      isDeleted: row.deleted_at !== null, removedBy: row.removed_by ? person(row.removed_by) : null,
      can: [...(isOpen ? ["change" as const] : []), ...(row.author_id !== own && !row.deleted_at && may(scope.actor, "comments.manage") ? ["remove" as const] : []), ...(body !== said && may(scope.actor, "members.reveal") ? ["reveal" as const] : [])],
    };
  };
}

/** What a comment said before, for who wrote it and for who may read the audit log. */
export async function listVersions(scope: Scope, subjects: Subjects, id: string): Promise<{ body: string; writtenAt: string }[]> {
  const { row } = await getComment(scope, subjects, id);
  if (row.author_id !== staffOf(scope) && !may(scope.actor, "audit.read")) throw forbidden({ detail: "Needs audit.read", permission: "audit.read" });
  const versions = await scope.tx.rows<{ sealed: Buffer; written_at: Date }>("select sealed, written_at from platform.comment_version where tenant_id = $1 and comment_id = $2 order by no", [scope.tenantId, id]);
  return [...versions, { sealed: row.sealed, written_at: row.edited_at ?? row.created_at }]
    .map(({ sealed, written_at }) => ({ body: maskPhones(openComment(scope, { id, sealed })), writtenAt: written_at.toISOString() }));
}

/** With the numbers in it, against a reason that the audit log keeps. */
export async function revealComment(scope: Scope, subjects: Subjects, id: string, reason: string): Promise<{ body: string }> {
  const { row } = await getComment(scope, subjects, id);
  if (row.deleted_at) throw notFound({ detail: "No such comment" });
  audit(scope, { action: "comment.reveal", subjectKind: row.subject_kind, subjectId: row.subject_id, after: { commentId: id }, reason });
  return { body: openComment(scope, row) };
}

/** Open threads of whoever may see the subject. */
export const commentTeller = (subjects: Subjects): Teller => ({
  can: null,
  tell(actor, { topic, ids: [place = ""] }) {
    if (topic !== COMMENTED) return undefined;
    const [kind = "", storeId = "", id = ""] = place.split("/");
    const subject = subjects.find((one) => one.kind === kind);
    if (!subject || !actor.permissions.has(subject.can)) return undefined;
    const { storeIds } = scopeOf(actor, subject.can);
    return storeId && storeIds && !storeIds.includes(storeId) ? undefined : { event: "comments", data: { kind, id } };
  },
});
