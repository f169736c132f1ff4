import { notFound, problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { keepPhone, tell } from "./identify.ts";
import { addIdentities, dropIdentities, findByIdentity, identityTaken, shownOf, type IdentityKind } from "./identity.ts";
import { blockedAmong, demandReadable, identityRules } from "./identity.rules.ts";
import { lockMembers, memberRowInReach } from "./member.view.ts";

export const identityBlocked = problem("customers/identity-blocked", 409, "Many people share this: it recognises nobody");
export const identityLimit = problem("customers/identity-limit", 409, "The member has as many of these as one may have");

interface Wish {
  memberId: string;
  reason: string;
}

/** Gives a member one more way to be recognised. Throws `identityTaken` with the member whose it is, `identityBlocked`, `identityLimit`. */
export async function linkIdentity(scope: Scope, { memberId, kind, value, reason }: Wish & { kind: IdentityKind; value: string }): Promise<void> {
  const row = await memberRowInReach(scope, memberId);
  const identity = { kind, value: demandReadable(kind, value) };
  await lockMembers(scope, [memberId]);
  const holderId = await findByIdentity(scope, kind, identity.value);
  if (holderId === memberId) return;
  if (holderId) throw identityTaken({ kind, memberId: holderId });
  if ((await blockedAmong(scope, [identity])).size > 0) throw identityBlocked({ kind });
  const limit = (await identityRules(scope)).limits[kind];
  const [held] = await scope.tx.rows<{ count: number }>(
    "select count(*)::int as count from customers.identity where tenant_id = $1 and member_id = $2 and kind = $3", [scope.tenantId, memberId, kind]);
  if ((held?.count ?? 0) >= limit) throw identityLimit({ kind, limit });
  await addIdentities(scope, [{ ...identity, memberId }]);
  if (kind === "phone" && !row.phone_sealed) await keepPhone(scope, memberId, identity.value);
  await tell(scope, { memberId, change: "linked", steps: [{ code: "linked", kind, shown: shownOf(kind, identity.value) }], reason });
}

/** Takes one away: by its id, or as an integrator knows it. */
export async function unlinkIdentity(scope: Scope, { memberId, reason, ...which }: Wish & ({ identityId: string } | { kind: IdentityKind; value: string })): Promise<void> {
  const row = await memberRowInReach(scope, memberId);
  await lockMembers(scope, [memberId]);
  const [found] = await scope.tx.rows<{ kind: IdentityKind; digest: Buffer; shown: string | null }>(
    "select kind, digest, shown from customers.identity where tenant_id = $1 and member_id = $2 and case when $3::uuid is not null then id = $3 else digest = $4 end",
    [scope.tenantId, memberId, "identityId" in which ? which.identityId : null,
      "kind" in which ? scope.vault.digest(demandReadable(which.kind, which.value), `customers.identity.${which.kind}`) : null]);
  if (!found) throw notFound({ detail: "The member has no such identity" });
  await dropIdentities(scope, row, [found.digest]);
  await tell(scope, { memberId, change: "unlinked", steps: [{ code: "unlinked", kind: found.kind, shown: found.shown ?? "…" }], reason });
}
