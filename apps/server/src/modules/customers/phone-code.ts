import { randomInt, timingSafeEqual } from "node:crypto";
import { dayOf, endOfDay } from "../../kernel/days.ts";
import { problem, tooManyRequests, type Problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { digestOf } from "./identity.ts";

export const phoneCodeWrong = problem("customers/phone-code-wrong", 422, "The code is wrong");
export const phoneCodeExpired = problem("customers/phone-code-expired", 422, "The code is no longer good: ask for a new one");

const LIFE_MS = 5 * 60_000;
/** One message a minute to a phone and ten a day, whoever asks: a form that sends messages is used to molest strangers. */
const PAUSE_MS = 60_000;
const MAX_A_DAY = 10;
const MAX_TRIES = 5;
const DIGITS = 6;
/** Before every clock: who began earlier and waited would find a code alive that ended now. */
const SPENT = new Date(0);

/** A new code for a phone; the one before it ends. Throws when the phone has had enough messages. */
export async function issuePhoneCode(scope: Scope, phone: string): Promise<string> {
  const code = drawCode();
  const [digest, today] = [digestOf(scope, "phone", phone), dayOf(scope.now, scope.zone)];
  const sent = await scope.tx.rows(
    `insert into customers.phone_code (tenant_id, phone_digest, code_hash, tries, sent_at, expires_at, sent_on, sent_count)
     values ($1, $2, $3, 0, $4, $5, $6, 1)
     on conflict (tenant_id, phone_digest) do update
        set code_hash = excluded.code_hash, tries = 0, sent_at = excluded.sent_at, expires_at = excluded.expires_at, sent_on = excluded.sent_on,
            sent_count = case when phone_code.sent_on = excluded.sent_on then phone_code.sent_count + 1 else 1 end
      where phone_code.sent_at <= $7 and (phone_code.sent_on is distinct from excluded.sent_on or phone_code.sent_count < ${MAX_A_DAY})
     returning 1`,
    [scope.tenantId, digest, hashOf(scope, phone, code), scope.now, new Date(scope.now.getTime() + LIFE_MS), today,
      new Date(scope.now.getTime() - PAUSE_MS)]);
  if (sent.length === 0) throw await enough(scope, digest);
  return code;
}

async function enough(scope: Scope, digest: Buffer): Promise<Problem> {
  const [row] = await scope.tx.rows<{ sent_at: Date }>(
    "select sent_at from customers.phone_code where tenant_id = $1 and phone_digest = $2", [scope.tenantId, digest]);
  const pauseMs = (row?.sent_at.getTime() ?? 0) + PAUSE_MS - scope.now.getTime();
  if (pauseMs > 0) return tooManyRequests({ detail: "A code was sent to this phone within the minute", retryAfterSeconds: Math.ceil(pauseMs / 1000) });
  const tomorrow = endOfDay(dayOf(scope.now, scope.zone), scope.zone);
  return tooManyRequests({
    detail: `This phone was sent ${MAX_A_DAY} codes today`, retryAfterSeconds: Math.ceil((tomorrow.getTime() - scope.now.getTime()) / 1000),
  });
}

/** When the message could not be sent, the phone need not wait for another try. */
export async function withdrawPhoneCode(scope: Scope, phone: string): Promise<void> {
  await scope.tx.rows(
    `update customers.phone_code set sent_at = $3, expires_at = $3, sent_count = greatest(sent_count - 1, 0) where tenant_id = $1 and phone_digest = $2`,
    [scope.tenantId, digestOf(scope, "phone", phone), new Date(0)]);
}

export type PhoneCodeTry = { isRight: true } | { isRight: false; triesLeft: number };

/**
 * Counts a try and says whether it was right. To be committed before anybody is told, in a scope of its own: a refusal
 * thrown here would roll the count back, and five tries would be endless ones.
 */
export async function tryPhoneCode(scope: Scope, phone: string, code: string): Promise<PhoneCodeTry> {
  const [row] = await scope.tx.rows<{ code_hash: Buffer; tries: number }>(
    `update customers.phone_code set tries = tries + 1
      where tenant_id = $1 and phone_digest = $2 and expires_at > $3 and tries < $4 returning code_hash, tries`,
    [scope.tenantId, digestOf(scope, "phone", phone), scope.now, MAX_TRIES]);
  if (!row) return { isRight: false, triesLeft: 0 };
  return timingSafeEqual(row.code_hash, hashOf(scope, phone, code)) ? { isRight: true } : { isRight: false, triesLeft: MAX_TRIES - row.tries };
}

/** Spends a code that was right, in the scope of what it allows: of two at once, one goes through. */
export async function spendPhoneCode(scope: Scope, phone: string, code: string): Promise<void> {
  const spent = await scope.tx.rows(
    `update customers.phone_code set expires_at = $5
      where tenant_id = $1 and phone_digest = $2 and code_hash = $3 and expires_at > $4 returning 1`,
    [scope.tenantId, digestOf(scope, "phone", phone), hashOf(scope, phone, code), scope.now, SPENT]);
  if (spent.length === 0) throw phoneCodeExpired();
}

export const phoneCodeRefusal = (attempt: PhoneCodeTry & { isRight: false }) => {
  const errors = [{ field: "phoneCode", code: "wrong", message: "is not the code that was sent" }];
  return attempt.triesLeft > 0 ? phoneCodeWrong({ triesLeft: attempt.triesLeft, errors }) : phoneCodeExpired({ errors });
};

const drawCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, "0");

/** Keyed: a million codes are tried in a second by whoever has the table alone. */
const hashOf = (scope: Scope, phone: string, code: string): Buffer =>
  scope.vault.digest(`${phone}\0${code}`, "customers.phone-code");
