import { createHmac } from "node:crypto";
import { IDENTITY_CHANGED, MEMBER_DELETED, TAG_CHANGED, TRACKED, type MemberDeleted } from "../../../events/customers.ts";
import { destroyPersonalKey } from "../../../kernel/crypto/personal-key.ts";
import { publish } from "../../../kernel/events.ts";
import type { Task } from "../../../kernel/jobs.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { audit } from "../../platform/index.ts";
import { hollowMembers } from "../hollow.ts";
import { lockMembers } from "../member.view.ts";
import { previewDeletion, PURGE_TASK, PUT_OFF_MS } from "./deletion.ts";
import type { PrivacyStep } from "./step.ts";

export const purgeTask = (steps: readonly PrivacyStep[]): Task => ({
  name: PURGE_TASK,
  run: async ({ tenantId, deletionId }, database) =>
    database.inScope({ tenantId: String(tenantId), actor: { kind: "system", name: PURGE_TASK } }, (scope) => purge(scope, steps, String(deletionId))),
});

/** Removes a member from every module in one transaction, and keeps a certificate of what was removed. */
async function purge(scope: Scope, steps: readonly PrivacyStep[], deletionId: string): Promise<void> {
  const [due] = await scope.tx.rows<{ member_id: string; asked_at: Date }>(
    "select member_id, asked_at from customers.deletion where tenant_id = $1 and id = $2 and state = 'waiting' and purge_at <= $3", [scope.tenantId, deletionId, scope.now]);
  if (!due) return;
  // Who was merged into this member is the same person, under another id.
  const ids = [due.member_id, ...(await scope.tx.rows<{ id: string }>("select id from customers.member where tenant_id = $1 and merged_into = $2", [scope.tenantId, due.member_id])).map((row) => row.id)];
  await lockMembers(scope, ids);
  const [still] = await scope.tx.rows("select 1 from customers.deletion where tenant_id = $1 and id = $2 and state = 'waiting'", [scope.tenantId, deletionId]);
  if (!still) return;
  const { blockers } = await previewDeletion(scope, steps, due.member_id);
  if (blockers.length > 0) {
    await scope.tx.rows("update customers.deletion set blockers = $3, purge_at = $4 where tenant_id = $1 and id = $2", [scope.tenantId, deletionId, blockers, new Date(scope.now.getTime() + PUT_OFF_MS)]);
    return;
  }
  const removed: Record<string, Record<string, number>> = {};
  for (const id of ids) {
    for (const { module, erase } of steps) if (erase) addUp(removed[module] ??= {}, await erase(scope, id));
    addUp(removed["customers"] ??= {}, await eraseMember(scope, id));
    await destroyPersonalKey(scope, id);
  }
  await certify(scope, deletionId, { deletionId, memberIds: ids, askedAt: due.asked_at.toISOString(), doneAt: scope.now.toISOString(), removed, keyDestroyed: true });
  audit(scope, { action: "deletion.done", subjectKind: "member", subjectId: due.member_id, after: { deletionId } });
  await publish(scope, MEMBER_DELETED, due.member_id, { memberId: due.member_id } satisfies MemberDeleted);
}

function addUp(sums: Record<string, number>, counted: Readonly<Record<string, number>>): void {
  for (const [what, number] of Object.entries(counted)) sums[what] = (sums[what] ?? 0) + number;
}

/** What members say in their own words, or what is said of them. */
const TELLING = [TAG_CHANGED, TRACKED, IDENTITY_CHANGED];

async function eraseMember(scope: Scope, id: string): Promise<Record<string, number>> {
  const { tx, tenantId } = scope;
  const count = async (text: string): Promise<number> => (await tx.rows(`${text} returning 1`, [tenantId, id])).length;
  const removed = {
    identities: await count("delete from customers.identity where tenant_id = $1 and member_id = $2"),
    tags: await count("delete from customers.member_tag where tenant_id = $1 and member_id = $2"),
    sessions: await count("delete from customers.session where tenant_id = $1 and member_id = $2"),
    codes: await count("delete from customers.code_use where tenant_id = $1 and member_id = $2"),
    copies: await count("delete from customers.data_copy where tenant_id = $1 and member_id = $2"),
    addresses: await count("delete from customers.member_address where tenant_id = $1 and member_id = $2"),
    duplicates: await count("delete from customers.duplicate where tenant_id = $1 and $2 in (a_id, b_id)") + await count("delete from customers.match_card where tenant_id = $1 and member_id = $2"),
    messages: await count("delete from customers.message where tenant_id = $1 and member_id = $2"),
    merges: await count(`update customers.merge_part p set kept = '{}' from customers.merge m
      where p.tenant_id = $1 and m.tenant_id = $1 and m.id = p.merge_id and $2 in (m.survivor_id, m.absorbed_id)`),
  };
  const [forgotten] = await tx.rows<{ events: number }>("select kernel.forget_subjects($1, $2, $3) as events", [tenantId, [id], TELLING]);
  await hollowMembers(scope, [id]);
  return { ...removed, events: Number(forgotten?.events ?? 0), profile: 1 };
}

/** Signed, so that the brand can show later that it is the one that was written then. */
async function certify(scope: Scope, deletionId: string, statement: object): Promise<void> {
  const signature = createHmac("sha256", scope.vault.signingKey).update(JSON.stringify(statement)).digest("base64url");
  await scope.tx.rows("update customers.deletion set state = 'done', done_at = $3, blockers = '{}', certificate = $4 where tenant_id = $1 and id = $2",
    [scope.tenantId, deletionId, scope.now, JSON.stringify({ statement, signature })]);
}
