import { isUuid } from "../../../kernel/ids.ts";
import { fieldProblem, notFound } from "../../../kernel/problem.ts";
import { demand, scopeOf, type Scope } from "../../../kernel/scope.ts";

/** Something that is talked about; `app.ts` lists them, so that a module joins without this one knowing it. */
export interface CommentSubject {
  /** "member" */
  kind: string;
  /** Who has this permission where the subject is may read its thread and write in it. */
  can: string;
  /** Throws where there is no such thing, or where the caller may not see it. The id is what it is called by now. */
  find(scope: Scope, id: string): Promise<Place>;
  /** Its page in the console. */
  link(id: string): string;
}

export interface Place {
  id: string;
  /** `null`: everybody who has the permission anywhere may see it. */
  storeId: string | null;
}

export interface Found extends Place {
  subject: CommentSubject;
}

export type Subjects = readonly CommentSubject[];

/** Throws where the caller may not see the subject of a thread. */
export async function findSubject(scope: Scope, subjects: Subjects, { kind, id }: { kind: string; id: string }): Promise<Found> {
  const subject = subjects.find((one) => one.kind === kind);
  if (!subject) throw fieldProblem("subjectKind", "unknown", "is not talked about");
  demand(scope.actor, subject.can);
  const { actor } = scope;
  const bound = actor.kind === "staff" ? { ...actor, dataScope: scopeOf(actor, subject.can) } : actor;
  return { subject, ...await subject.find({ ...scope, actor: bound }, id) };
}

/** For subjects whose ids are ours: what is no id names nothing. */
export function demandUuid(id: string): void {
  if (!isUuid(id)) throw notFound();
}
