import { randomBytes } from "node:crypto";
import { STAFF_ADDED, STAFF_DEACTIVATED, type StaffAdded, type StaffDeactivated } from "../../events/org.ts";
import { audit } from "../../kernel/audit.ts";
import { publish } from "../../kernel/events.ts";
import { fieldProblem, problem } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { assign, demandAdministrator, lockOrganisation, powersHeld, powersOf, type Assignment } from "./assignment.ts";
import { demandAuthority } from "./authority.ts";
import { endSessionsOf } from "./session.ts";
import { getStaff } from "./staff.view.ts";

export const accountTaken = problem("org/account-taken", 409, "Somebody has this account name already");
export const oneself = problem("org/oneself", 409, "Not possible with your own account");

export interface NewStaff {
  name: string;
  account: string;
  passwordHash: string;
  assignments: readonly Assignment[];
}

/** 96 bits in readable characters, for a first password that the person changes. */
export const madePassword = (): string => randomBytes(12).toString("base64url");

export async function addStaff(scope: Scope, { name, account, passwordHash, assignments }: NewStaff) {
  await lockOrganisation(scope);
  demandAuthority(scope, await powersOf(scope, assignments));
  const id = newId<"staff">(scope);
  const added = await scope.tx.db.insertInto("org.staff").values({ id, account, name, password_hash: passwordHash, created_at: scope.now })
    .onConflict((on) => on.columns(["tenant_id", "account"]).doNothing()).executeTakeFirst();
  if (added.numInsertedOrUpdatedRows === 0n) throw accountTaken({ errors: [{ field: "account", code: "taken", message: "is taken" }] });
  await assign(scope, id, assignments);
  const after = await getStaff(scope, id);
  audit(scope, { action: "staff.add", subjectKind: "staff", subjectId: id, after });
  await publish(scope, STAFF_ADDED, id, { staffId: id, name } satisfies StaffAdded);
  return after;
}

export interface StaffChange {
  name?: string | undefined;
  assignments?: readonly Assignment[] | undefined;
  isActive?: true | undefined;
}

/** Changes name or roles, or takes somebody back who had left. */
export async function changeStaff(scope: Scope, staffId: string, change: StaffChange) {
  const before = await lockSubordinate(scope, staffId);
  if (change.assignments) {
    demandAuthority(scope, await powersOf(scope, change.assignments));
    await assign(scope, staffId, change.assignments);
    await demandAdministrator(scope);
  }
  if (change.name !== undefined || change.isActive) {
    await scope.tx.db.updateTable("org.staff").set({ ...(change.name === undefined ? {} : { name: change.name }), ...(change.isActive ? { state: "active" } : {}) })
      .where("id", "=", staffId).execute();
  }
  const after = await getStaff(scope, staffId);
  audit(scope, { action: "staff.change", subjectKind: "staff", subjectId: staffId, before, after });
  return after;
}

/** Ends somebody's access at once; their history stays. */
export async function deactivateStaff(scope: Scope, staffId: string): Promise<void> {
  if (scope.actor.kind === "staff" && scope.actor.staffId === staffId) throw oneself();
  const before = await lockSubordinate(scope, staffId);
  if (!before.isActive) return;
  await scope.tx.db.updateTable("org.staff").set({ state: "inactive" }).where("id", "=", staffId).execute();
  endSessionsOf(scope, staffId);
  await demandAdministrator(scope);
  audit(scope, { action: "staff.deactivate", subjectKind: "staff", subjectId: staffId, before, after: { ...before, isActive: false } });
  await publish(scope, STAFF_DEACTIVATED, staffId, { staffId } satisfies StaffDeactivated);
}

/** Sets a new password for somebody who lost theirs; the second factor goes too, and every session. */
export async function resetPassword(scope: Scope, staffId: string, passwordHash: string): Promise<void> {
  await lockSubordinate(scope, staffId);
  await scope.tx.db.updateTable("org.staff")
    .set({ password_hash: passwordHash, totp_sealed: null, totp_pending_sealed: null, totp_used_step: null }).where("id", "=", staffId).execute();
  await scope.tx.db.deleteFrom("org.recovery_code").where("staff_id", "=", staffId).execute();
  endSessionsOf(scope, staffId);
  audit(scope, { action: "staff.reset-password", subjectKind: "staff", subjectId: staffId });
}

/** One's own password; the current one was checked before. Ends every session, the caller opens a new one. */
export async function setOwnPassword(scope: Scope, staffId: string, passwordHash: string): Promise<void> {
  await scope.tx.db.updateTable("org.staff").set({ password_hash: passwordHash }).where("id", "=", staffId).execute();
  endSessionsOf(scope, staffId);
  audit(scope, { action: "staff.change-password", subjectKind: "staff", subjectId: staffId });
}

export function demandDifferent(password: string, account: string): void {
  if (password.toLowerCase().includes(account.toLowerCase())) throw fieldProblem("next", "weak", "must not contain the account name");
}

async function lockSubordinate(scope: Scope, staffId: string) {
  await lockOrganisation(scope);
  const before = await getStaff(scope, staffId);
  demandAuthority(scope, await powersHeld(scope, staffId));
  return before;
}
