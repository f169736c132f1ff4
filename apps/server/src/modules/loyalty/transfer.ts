import { POINTS_TRANSFERRED, type PointsTransferred } from "../../events/loyalty.ts";
import { audit } from "../../kernel/audit.ts";
import { dayOf } from "../../kernel/days.ts";
import { hint } from "../../kernel/live.ts";
import type { Points } from "../../kernel/money.ts";
import { fieldProblem, problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { lockMembers, lookupMember, memberNames } from "../customers/index.ts";
import { accountKey, balancesOf, Journal, readBalances } from "../ledger/index.ts";
import { insufficientPoints, memberUnusable } from "./points.ts";
import { currentProgram, POINTS } from "./program.ts";

export const transferOff = problem("loyalty/transfer-off", 409, "Points cannot be passed on");
export const transferLimit = problem("loyalty/transfer-limit", 409, "More than may be passed on in a day");

export interface Transfer {
  fromId: string;
  toId: string;
  points: Points;
  reason: string | null;
}

/** To whom: exactly one of the two ways to name somebody. */
export interface Recipient {
  memberNo?: string | undefined;
  phone?: string | undefined;
}

export async function recipientOf(scope: Scope, { memberNo, phone }: Recipient): Promise<string> {
  if ((memberNo === undefined) === (phone === undefined)) throw fieldProblem("memberNo", "required", "name the other member by number or by phone, not both");
  return lookupMember(scope, memberNo === undefined ? { phone } : { memberNo });
}

/**
 * Passes points from one member to another: those that end first, with their own dates and their origin, so that nothing is
 * gained by it. A member by themself is held to the program's limit of a day; staff are not. Throws `transferOff`, `transferLimit`,
 * `insufficientPoints`.
 */
export async function transferPoints(scope: Scope, { fromId, toId, points, reason }: Transfer) {
  if (fromId === toId) throw ownNumber();
  const members = await lockMembers(scope, [fromId, toId]);
  for (const id of [fromId, toId]) if (members.get(id)?.state !== "active") throw memberUnusable({ memberId: id });
  const [from, to] = [{ holderId: fromId, asset: POINTS }, { holderId: toId, asset: POINTS }];
  const [journal, program] = await Promise.all([Journal.open(scope, [from, to]), currentProgram(scope)]);
  if (scope.actor.kind === "member") await refuseBeyondLimit(scope, fromId, points, program.transferDayLimit);
  const available = journal.available(from);
  if (available < points) throw insufficientPoints({ available, missing: { points: points - available } });
  const id = newId<"transfer">(scope);
  const lots = new Map(journal.find(from)?.lots.map((lot) => [lot.id, lot]));
  const cause = { counter: "transfer", refId: id, ...(reason ? { memo: reason } : {}) };
  for (const part of journal.debit(from, points, { ...cause, kind: "transfer-out" })) {
    const lot = lots.get(part.lotId ?? "");
    if (!lot) throw new Error("A burned lot is not the account's");
    const { earnedAt, activeFrom, expiresAt, originKind, originId, originHolderId, storeId, ruleVersion } = lot;
    journal.credit(to, { ...cause, kind: "transfer-in", amount: part.amount, earnedAt, activeFrom, expiresAt, originKind, originId, originHolderId, storeId, ruleVersion });
  }
  const balance = balancesOf(journal.find(from), scope.now);
  journal.close();
  await scope.tx.db.insertInto("loyalty.points_transfer").values({
    id, from_member_id: fromId, to_member_id: toId, points, reason, by_actor: actorRef(scope.actor), business_on: dayOf(scope.now, scope.zone), at: scope.now,
  }).execute();
  audit(scope, { action: "points.transfer", subjectKind: "member", subjectId: fromId, after: { transferId: id, toMemberId: toId, points }, reason });
  const told = (memberId: string, otherMemberId: string, signed: number) => ({
    type: POINTS_TRANSFERRED, subjectId: memberId, payload: { memberId, otherMemberId, points: signed, transferId: id } satisfies PointsTransferred,
  });
  await scope.outbox.publishAll(scope, [told(fromId, toId, -points), told(toId, fromId, points)]);
  hint(scope, "members", [fromId, toId]);
  return { id, toMemberId: toId, toName: members.get(toId)?.name ?? "", points, balance };
}

/** Exact, because the member's row is locked. */
async function refuseBeyondLimit(scope: Scope, memberId: string, points: Points, limit: Points | null): Promise<void> {
  if (limit === null) throw transferOff();
  const left = await leftToday(scope, memberId, limit);
  if (points > left) throw transferLimit({ limit, left, missing: { points: points - left } });
}

/** What staff passed on is theirs, and takes nothing from what the member may. */
async function leftToday({ tx, tenantId, now, zone }: Scope, memberId: string, limit: Points): Promise<Points> {
  const [row] = await tx.rows<{ points: number }>(
    `select coalesce(sum(points), 0)::bigint as points from loyalty.points_transfer where tenant_id = $1 and from_member_id = $2 and business_on = $3 and by_actor like 'member:%'`,
    [tenantId, memberId, dayOf(now, zone)]);
  return Math.max(0, limit - (row?.points ?? 0));
}

/** What a member may pass on today; a limit of null: the brand does not allow it. */
export async function transferTerms(scope: Scope, memberId: string) {
  const [program, balances] = await Promise.all([currentProgram(scope), readBalances(scope, [{ holderId: memberId, asset: POINTS }])]);
  const available = Math.max(0, balances.get(accountKey({ holderId: memberId, asset: POINTS }))?.active ?? 0);
  const limit = program.transferDayLimit;
  return { limit, most: limit === null ? 0 : Math.min(available, await leftToday(scope, memberId, limit)), available };
}

/** Whom a member is about to give points to: enough of the name to see a mistyped number, and no more. Only where points may be passed on. */
export async function nameRecipient(scope: Scope, to: Recipient): Promise<{ name: string }> {
  if ((await currentProgram(scope)).transferDayLimit === null) throw transferOff();
  const id = await recipientOf(scope, to);
  if (scope.actor.kind === "member" && id === scope.actor.memberId) throw ownNumber();
  return { name: maskName((await memberNames(scope, [id])).get(id) ?? "") };
}

const ownNumber = () => fieldProblem("memberNo", "same", "is the same member");

/** The first letter, as on a parcel: 王**. */
function maskName(name: string): string {
  const [first = "*", ...rest] = name;
  return first + "*".repeat(Math.min(2, rest.length));
}
