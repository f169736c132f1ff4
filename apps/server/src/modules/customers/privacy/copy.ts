import { personalKey } from "../../../kernel/crypto/personal-key.ts";
import type { Database } from "../../../kernel/db/database.ts";
import { enqueue } from "../../../kernel/events.ts";
import type { Task } from "../../../kernel/jobs.ts";
import { notFound } from "../../../kernel/problem.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { audit } from "../../platform/index.ts";
import { openPhone } from "../member.row.ts";
import { getMember, memberRow } from "../member.view.ts";
import type { PrivacyStep } from "./step.ts";

const COPY_TASK = "customers.data-copy";
const LIFE_MS = 7 * 86_400_000;
/** Beyond this a table of somebody's is cut, newest first: nobody has so many, a test's robot might. */
const MAX_ROWS = 50_000;

/** Asks for a copy of everything that is known of a member; one that is still good is answered again. */
export async function askForCopy(scope: Scope, memberId: string): Promise<string> {
  await memberRow(scope, memberId);
  const [known] = await scope.tx.rows<{ id: string }>(
    "select id from customers.data_copy where tenant_id = $1 and member_id = $2 and ready_at is null and expires_at > $3 limit 1", [scope.tenantId, memberId, scope.now]);
  if (known) return known.id;
  const id = newId<"data-copy">(scope);
  await scope.tx.db.insertInto("customers.data_copy").values({ id, member_id: memberId, asked_at: scope.now, expires_at: new Date(scope.now.getTime() + LIFE_MS) }).execute();
  audit(scope, { action: "member.copy", subjectKind: "member", subjectId: memberId, after: { copyId: id } });
  await enqueue(scope, COPY_TASK, { copyId: id });
  return id;
}

export const copyTask = (steps: readonly PrivacyStep[]): Task => ({
  name: COPY_TASK,
  run: async ({ tenantId, copyId }, database: Database) =>
    database.inScope({ tenantId: String(tenantId), actor: { kind: "system", name: COPY_TASK } }, (scope) => writeCopy(scope, steps, String(copyId))),
});

async function writeCopy(scope: Scope, steps: readonly PrivacyStep[], copyId: string): Promise<void> {
  const [copy] = await scope.tx.rows<{ member_id: string }>("select member_id from customers.data_copy where tenant_id = $1 and id = $2 and ready_at is null for update", [scope.tenantId, copyId]);
  if (!copy) return;
  const key = await personalKey(scope, copy.member_id);
  const { sealed } = key.seal(await collect(scope, steps, copy.member_id));
  await scope.tx.rows("update customers.data_copy set sealed = $3, ready_at = $4 where tenant_id = $1 and id = $2", [scope.tenantId, copyId, sealed, scope.now]);
}

/** The profile in words, and every row that names the member, module by module. */
async function collect(scope: Scope, steps: readonly PrivacyStep[], memberId: string): Promise<object> {
  const row = await memberRow(scope, memberId);
  const profile = { ...await getMember(scope, memberId), phone: openPhone(scope, row) ?? null };
  const modules: Record<string, Record<string, unknown[]>> = {};
  for (const { module, holds } of steps) {
    for (const held of holds) {
      const { table, column } = placeOf(held);
      const rows = await scope.tx.rows<{ row: unknown }>(
        `select to_jsonb(t) - array['tenant_id', 'secret_hash', 'digest', 'sealed', 'token'] as row from ${table} t where t.tenant_id = $1 and t.${column} = $2 limit ${MAX_ROWS}`, [scope.tenantId, memberId]);
      if (rows.length > 0) (modules[module] ??= {})[held] = rows.map((one) => one.row);
    }
  }
  return { format: "shuke.member-copy/1", writtenAt: scope.now.toISOString(), profile, modules };
}

/** `payments.card.member_id`: names come from the modules' own lists, never from a request. */
export function placeOf(held: string): { table: string; column: string } {
  const [schema = "", table = "", column = ""] = held.split(".");
  return { table: `${schema}."${table}"`, column };
}

/** The copy itself, for the member alone. Throws `notFound` while it is not ready and when its week is over. */
export async function openCopy(scope: Scope, memberId: string, copyId: string): Promise<unknown> {
  const [row] = await scope.tx.rows<{ sealed: string }>(
    "select sealed from customers.data_copy where tenant_id = $1 and id = $2 and member_id = $3 and sealed is not null and expires_at > $4",
    [scope.tenantId, copyId, memberId, scope.now]);
  if (!row) throw notFound({ detail: "No such copy, or it is not ready" });
  return (await personalKey(scope, memberId)).open({ sealed: row.sealed });
}

export async function listCopies(scope: Scope, memberId: string) {
  const rows = await scope.tx.rows<{ id: string; ready_at: Date | null; expires_at: Date }>(
    "select id, ready_at, expires_at from customers.data_copy where tenant_id = $1 and member_id = $2 and expires_at > $3 order by id desc limit 10", [scope.tenantId, memberId, scope.now]);
  return rows.map((row) => ({ id: row.id, readyAt: row.ready_at?.toISOString() ?? null, expiresAt: row.expires_at.toISOString() }));
}
