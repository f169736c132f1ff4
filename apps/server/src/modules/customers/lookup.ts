import { hint } from "../../kernel/live.ts";
import { fieldProblem, notFound, problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { readPhone } from "./fit-phone.ts";
import { findByIdentities, findByIdentity } from "./identity.ts";
import { codeInvalid, codeUsed, looksLikeMemberCode, memberCodeOf, readMemberCode, type CodeKey, type MemberCode } from "./member-code.ts";
import { isMemberNumber } from "./member-number.ts";
import { survivorOf } from "./merge/survivor.ts";

export const memberFrozen = problem("customers/member-frozen", 409, "This member is frozen");

/** Exactly one of these. */
export interface MemberReference {
  /** What a scanner read: a member code, or the number on a plastic card. */
  code?: string | undefined;
  phone?: string | undefined;
  memberNo?: string | undefined;
  card?: string | undefined;
  externalId?: string | undefined;
}

const signer = (scope: Scope): CodeKey => ({ tenantId: scope.tenantId, key: scope.vault.signingKey });

/**
 * The member whom a till named; any store's staff may do this, since a chain's guests come to all its stores.
 * A code that is scanned for an order may be sent again with that order, whose first answer may have been lost.
 */
export async function lookupMember(scope: Scope, by: MemberReference, orderId?: string): Promise<string> {
  const memberId = await resolve(scope, by, orderId);
  if (!memberId) throw notFound({ detail: "No such member" });
  const [row] = await scope.tx.rows<{ state: string }>(
    "select state from customers.member where tenant_id = $1 and id = $2", [scope.tenantId, memberId]);
  if (row?.state === "frozen") throw memberFrozen({ memberId });
  if (row?.state !== "active") throw notFound({ detail: "No such member" });
  return memberId;
}

async function resolve(scope: Scope, by: MemberReference, orderId: string | undefined): Promise<string | undefined> {
  if (by.code !== undefined) return scanned(scope, by.code, orderId);
  if (by.phone !== undefined) return findByIdentity(scope, "phone", readPhone(by.phone));
  if (by.card !== undefined) return findByIdentity(scope, "card", by.card);
  if (by.externalId !== undefined) return findByIdentity(scope, "external", by.externalId);
  const memberNo = by.memberNo?.replaceAll(/[\s-]/g, "") ?? "";
  if (!isMemberNumber(memberNo)) throw fieldProblem("memberNo", "invalid", "is not a member number: check the digits");
  return findMemberByNumber(scope, memberNo);
}

export async function findMemberByNumber(scope: Scope, memberNo: string): Promise<string | undefined> {
  const [row] = await scope.tx.rows<{ id: string }>(
    "select id from customers.member where tenant_id = $1 and member_no = $2", [scope.tenantId, memberNo]);
  // The number on an old card finds whoever its member has become.
  return row && survivorOf(scope, row.id);
}

export const membersByExternalId = (scope: Scope, externalIds: readonly string[]): Promise<Map<string, string>> =>
  findByIdentities(scope, "external", externalIds);

/** A scanner reads whatever is held before it: the app's code, or a card with a number. */
async function scanned(scope: Scope, typed: string, orderId: string | undefined): Promise<string | undefined> {
  // A scanner behind a Chinese input method types full-width digits.
  const text = typed.normalize("NFKC");
  if (looksLikeMemberCode(text)) return spendMemberCode(scope, text, orderId);
  const byCard = await findByIdentity(scope, "card", text);
  if (byCard) return byCard;
  if (isMemberNumber(text)) return findMemberByNumber(scope, text);
  throw codeInvalid();
}

/** Takes a code once: of two scans at the same moment the key lets one through. */
async function spendMemberCode(scope: Scope, text: string, orderId: string | undefined): Promise<string> {
  const { memberNo, codeId, expiresAt } = readMemberCode(signer(scope), text, scope.now);
  const memberId = await findMemberByNumber(scope, memberNo);
  if (!memberId) throw codeInvalid();
  const used = await scope.tx.rows(
    `insert into customers.code_use (tenant_id, code_id, member_id, used_at, expires_at, order_id) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id, code_id) do nothing returning 1`, [scope.tenantId, codeId, memberId, scope.now, expiresAt, orderId ?? null]);
  if (used.length === 0 && !(await isOwnUse(scope, codeId, orderId))) throw codeUsed();
  // The app shows a fresh code as soon as this one is spent.
  hint(scope, "member-code", [memberId]);
  return memberId;
}

async function isOwnUse(scope: Scope, codeId: string, orderId: string | undefined): Promise<boolean> {
  if (orderId === undefined) return false;
  const own = await scope.tx.rows(
    "select 1 from customers.code_use where tenant_id = $1 and code_id = $2 and order_id = $3", [scope.tenantId, codeId, orderId]);
  return own.length > 0;
}

/** A fresh code for the member's app. */
export async function issueMemberCode(scope: Scope, memberId: string): Promise<MemberCode> {
  const [row] = await scope.tx.rows<{ member_no: string }>(
    "select member_no from customers.member where tenant_id = $1 and id = $2", [scope.tenantId, memberId]);
  if (!row) throw notFound();
  return memberCodeOf(signer(scope), row.member_no, scope.now);
}
