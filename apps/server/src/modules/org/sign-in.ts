import type { z } from "zod";
import { audit } from "../../kernel/audit.ts";
import type { Database } from "../../kernel/db/database.ts";
import { notFound, problem } from "../../kernel/problem.ts";
import type { Caller, Scope } from "../../kernel/scope.ts";
import { sessionCookie } from "./credential.ts";
import { passwordFits } from "./password.ts";
import { openSession } from "./session.ts";
import type { signInBody, signInReply } from "./session.schema.ts";
import { getIdentity } from "./session.view.ts";
import { clearTries, returnTry, takeTry } from "./sign-in-try.ts";
import { spendTotp } from "./totp.ts";

export const badCredentials = problem("org/bad-credentials", 401, "Brand, account or password is wrong");
export const totpRequired = problem("org/totp-required", 401, "The code of your authenticator app is needed");

type Credentials = z.output<typeof signInBody>;

interface Candidate {
  id: string;
  password_hash: string;
}

/** Signs somebody in. The password is checked between two scopes: 25 ms of argon2 must not hold a connection. */
export async function signIn(database: Database, { from }: Caller, body: Credentials, userAgent: string) {
  const tenant = await database.tenants.byCode(body.brand).catch((error: unknown) => {
    if (notFound.is(error)) return undefined;
    throw error;
  });
  const account = body.account.toLowerCase();
  const entry = tenant && { tenantId: tenant.id, actor: { kind: "system", name: "sign-in" }, from } as const;
  const candidate = entry && (await database.inScope(entry, (scope) => findCandidate(scope, account)));
  const fits = await passwordFits(candidate?.password_hash, body.password);
  if (!entry || !candidate || !fits) {
    if (entry && candidate) await database.inScope(entry, async (scope) => auditRefusal(scope, candidate.id, "password"));
    throw badCredentials();
  }
  const outcome = await database.inScope(entry, (scope) => admit(scope, { account, staffId: candidate.id, totp: body.totp, userAgent }));
  if (outcome === "needs-totp") throw totpRequired();
  if (outcome === "refused") throw badCredentials({ detail: body.totp ? "The code is wrong or was used already" : "The account is not active" });
  return outcome;
}

async function findCandidate(scope: Scope, account: string): Promise<Candidate | undefined> {
  await takeTry(scope, account);
  return scope.tx.db.selectFrom("org.staff").select(["id", "password_hash"]).where("account", "=", account).where("state", "=", "active").executeTakeFirst();
}

interface Applicant {
  account: string;
  staffId: string;
  totp: string | undefined;
  userAgent: string;
}

interface Admitted {
  cookie: string;
  reply: z.input<typeof signInReply>;
}

/** Refusals are answers here and not errors: what they note has to be committed. */
async function admit(scope: Scope, { account, staffId, totp, userAgent }: Applicant): Promise<Admitted | "needs-totp" | "refused"> {
  const staff = await scope.tx.db.selectFrom("org.staff").select(["state", "totp_sealed"]).where("id", "=", staffId).forUpdate().executeTakeFirstOrThrow();
  if (staff.state !== "active") return "refused";
  if (staff.totp_sealed && !totp) {
    returnTry(scope, account);
    return "needs-totp";
  }
  if (staff.totp_sealed && !(await spendTotp(scope, staffId, staff.totp_sealed, totp ?? ""))) {
    auditRefusal(scope, staffId, "totp");
    return "refused";
  }
  clearTries(scope, account);
  await scope.tx.db.updateTable("org.staff").set({ last_sign_in_at: scope.now }).where("id", "=", staffId).execute();
  const credential = await openSession(scope, staffId, userAgent);
  const { totpEnabled: _, ...reply } = await getIdentity(scope, staffId);
  audit({ ...scope, actor: { kind: "staff", staffId, name: reply.staff.name, permissions: new Set(), dataScope: { kind: "own", storeIds: [], roots: [] }, sessionId: credential.id } },
    { action: "staff.sign-in", subjectKind: "staff", subjectId: staffId });
  return { cookie: sessionCookie(credential), reply };
}

const auditRefusal = (scope: Scope, staffId: string, reason: string): void =>
  audit(scope, { action: "staff.sign-in-refused", subjectKind: "staff", subjectId: staffId, reason });
