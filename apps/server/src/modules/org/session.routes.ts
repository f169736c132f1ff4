import { z } from "zod";
import type { Database } from "../../kernel/db/database.ts";
import { directRoute, route, type Route } from "../../kernel/http/route.ts";
import { fieldProblem, unauthenticated } from "../../kernel/problem.ts";
import type { Actor, Caller, Scope } from "../../kernel/scope.ts";
import type { Doorkeeper } from "./authentication.ts";
import { clearSessionCookie, refuseCrossSite, setSessionCookie } from "./cookie.ts";
import { sessionCookie } from "./credential.ts";
import { hashPassword, passwordFits } from "./password.ts";
import { changePasswordBody, recoveryReply, sessionReply, signInBody, signInReply, totpBody, totpSecretReply } from "./session.schema.ts";
import { endSession, openSession } from "./session.ts";
import { getSession } from "./session.view.ts";
import { signIn } from "./sign-in.ts";
import { clearTries, takeTry } from "./sign-in-try.ts";
import { demandDifferent, setOwnPassword } from "./staff.ts";
import { beginTotp, confirmTotp, disableTotp } from "./totp.ts";

type SignedIn = Extract<Actor, { kind: "staff" }>;

/** Behind the lock-out there are five tries an account; this is for whoever tries many accounts from one place. */
const SIGN_INS_A_MINUTE = 30;

export function sessionRoutes({ database, access }: Doorkeeper): Route[] {
  return [
    directRoute({
      method: "POST", path: "/sign-in", can: "public", summary: "Sign in; sets the session cookie", body: signInBody, reply: signInReply,
      perMinute: SIGN_INS_A_MINUTE,
      handle: async (caller, { body }, { request, reply }) => {
        refuseCrossSite(request);
        const admitted = await signIn(database, caller, body, request.headers["user-agent"] ?? "");
        setSessionCookie(request, reply, admitted.cookie);
        return admitted.reply;
      },
    }),
    route({
      method: "POST", path: "/sign-out", can: "signed-in", summary: "Sign out here",
      run: async (scope, _input, { request, reply }) => {
        access.forgetAfter(scope);
        endSession(scope, self(scope).sessionId);
        clearSessionCookie(request, reply);
      },
    }),
    route({ method: "GET", path: "/session", can: "signed-in", summary: "Who is signed in, with which rights", reply: sessionReply, run: (scope) => getSession(scope) }),
    directRoute({
      method: "POST", path: "/session/password", can: "signed-in", summary: "Change one's own password; signs out everywhere else",
      body: changePasswordBody, perMinute: SIGN_INS_A_MINUTE,
      handle: async (caller, { body }, { request, reply }) => {
        const account = await demandPassword(database, caller, "current", body.current);
        demandDifferent(body.next, account);
        const passwordHash = await hashPassword(body.next);
        const cookie = await database.inScope(caller, async (scope) => {
          access.forgetAfter(scope);
          await setOwnPassword(scope, self(scope).staffId, passwordHash);
          return sessionCookie(await openSession(scope, self(scope).staffId, request.headers["user-agent"] ?? ""));
        });
        setSessionCookie(request, reply, cookie);
      },
    }),
    ...totpRoutes(database),
  ];
}

function totpRoutes(database: Database): Route[] {
  return [
    route({
      method: "POST", path: "/session/totp:begin", can: "signed-in", summary: "A secret for the authenticator app", reply: totpSecretReply,
      run: (scope) => beginTotp(scope, self(scope).staffId),
    }),
    route({
      method: "POST", path: "/session/totp:confirm", can: "signed-in", summary: "Turn the second factor on; answers recovery codes, once",
      body: totpBody, reply: recoveryReply, perMinute: SIGN_INS_A_MINUTE,
      run: async (scope, { body }) => ({ recoveryCodes: await confirmTotp(scope, self(scope).staffId, body.code) }),
    }),
    directRoute({
      method: "POST", path: "/session/totp:disable", can: "signed-in", summary: "Turn the second factor off",
      body: z.object({ password: z.string().min(1).max(200) }), perMinute: SIGN_INS_A_MINUTE,
      handle: async (caller, { body }) => {
        await demandPassword(database, caller, "password", body.password);
        await database.inScope(caller, (scope) => disableTotp(scope, self(scope).staffId));
      },
    }),
  ];
}

/** Asks for the password again, with the same five tries as at the door: a session left open is no key to guess with. */
async function demandPassword(database: Database, caller: Caller, field: string, password: string): Promise<string> {
  const staff = await database.inScope(caller, async (scope) => {
    const found = await scope.tx.db.selectFrom("org.staff").select(["account", "password_hash"]).where("id", "=", self(scope).staffId).executeTakeFirstOrThrow();
    await takeTry(scope, found.account);
    return found;
  });
  if (!(await passwordFits(staff.password_hash, password))) throw fieldProblem(field, "wrong", "is not your password");
  await database.inScope(caller, async (scope) => clearTries(scope, staff.account));
  return staff.account;
}

function self({ actor }: Scope): SignedIn {
  if (actor.kind !== "staff") throw unauthenticated();
  return actor;
}
