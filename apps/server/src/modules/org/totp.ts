import { createHash, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { audit } from "../../kernel/audit.ts";
import { conflict, fieldProblem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";

const PERIOD_S = 30;
/** One step early or late, for phones whose clocks are off. */
const WINDOW = 1;
const RECOVERY_CODES = 10;

const context = (staffId: string): string => `staff/${staffId}/totp`;
const otp = (secret: Secret, label = ""): TOTP => new TOTP({ issuer: "Shuke 熟客", label, secret, algorithm: "SHA1", digits: 6, period: PERIOD_S });

/** A secret for the authenticator app; nothing changes until a first code confirms it. */
export async function beginTotp(scope: Scope, staffId: string): Promise<{ secret: string; otpauthUrl: string }> {
  const secret = new Secret({ size: 20 });
  const { account } = await scope.tx.db.updateTable("org.staff").set({ totp_pending_sealed: scope.vault.seal(secret.base32, context(staffId)) })
    .where("id", "=", staffId).returning("account").executeTakeFirstOrThrow();
  return { secret: secret.base32, otpauthUrl: otp(secret, account).toString() };
}

/** Turns the second factor on; returns the recovery codes, which are shown once. */
export async function confirmTotp(scope: Scope, staffId: string, code: string): Promise<string[]> {
  const staff = await scope.tx.db.selectFrom("org.staff").select("totp_pending_sealed").where("id", "=", staffId).forUpdate().executeTakeFirstOrThrow();
  if (!staff.totp_pending_sealed) throw conflict({ detail: "Begin first" });
  const step = stepOf(scope, scope.vault.open(staff.totp_pending_sealed, context(staffId)), code);
  if (step === undefined) throw fieldProblem("code", "wrong", "is not the code that the app shows");
  await scope.tx.db.updateTable("org.staff").set({ totp_sealed: staff.totp_pending_sealed, totp_pending_sealed: null, totp_used_step: step })
    .where("id", "=", staffId).execute();
  await scope.tx.db.deleteFrom("org.recovery_code").where("staff_id", "=", staffId).execute();
  const codes = Array.from({ length: RECOVERY_CODES }, () => randomBytes(6).toString("hex").replace(/(.{4})(?=.)/g, "$1-"));
  await scope.tx.db.insertInto("org.recovery_code").values(codes.map((one) => ({ staff_id: staffId, code_hash: codeHash(one) }))).execute();
  audit(scope, { action: "staff.totp-on", subjectKind: "staff", subjectId: staffId });
  return codes;
}

export async function disableTotp(scope: Scope, staffId: string): Promise<void> {
  await scope.tx.db.updateTable("org.staff").set({ totp_sealed: null, totp_pending_sealed: null, totp_used_step: null }).where("id", "=", staffId).execute();
  await scope.tx.db.deleteFrom("org.recovery_code").where("staff_id", "=", staffId).execute();
  audit(scope, { action: "staff.totp-off", subjectKind: "staff", subjectId: staffId });
}

/** Checks a code of the app, or a recovery code; either counts once. */
export async function spendTotp(scope: Scope, staffId: string, sealed: Buffer, code: string): Promise<boolean> {
  const step = stepOf(scope, scope.vault.open(sealed, context(staffId)), code);
  if (step === undefined) return spendRecoveryCode(scope, staffId, code);
  const used = await scope.tx.db.updateTable("org.staff").set({ totp_used_step: step })
    .where("id", "=", staffId).where((is) => is.or([is("totp_used_step", "is", null), is("totp_used_step", "<", step)])).executeTakeFirst();
  return used.numUpdatedRows > 0n;
}

async function spendRecoveryCode(scope: Scope, staffId: string, code: string): Promise<boolean> {
  const used = await scope.tx.db.deleteFrom("org.recovery_code").where("staff_id", "=", staffId).where("code_hash", "=", codeHash(code)).executeTakeFirst();
  if (used.numDeletedRows === 0n) return false;
  audit(scope, { action: "staff.recovery-code-used", subjectKind: "staff", subjectId: staffId });
  return true;
}

function stepOf(scope: Scope, base32: string, code: string): number | undefined {
  const delta = otp(Secret.fromBase32(base32)).validate({ token: code, window: WINDOW, timestamp: scope.now.getTime() });
  return delta === null ? undefined : Math.floor(scope.now.getTime() / 1000 / PERIOD_S) + delta;
}

/** 48 random bits, and each counts once behind the lock-out: a plain hash will do. */
const codeHash = (code: string): Buffer => createHash("sha256").update(code.trim().toLowerCase()).digest();
