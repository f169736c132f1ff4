import { newId, type Scope } from "../../../kernel/scope.ts";
import { hint } from "../../../kernel/live.ts";
import { fieldProblem } from "../../../kernel/problem.ts";
import type { Schedule } from "../../../kernel/jobs.ts";
import { getMember, lockMembers } from "../../customers/index.ts";
import { Journal } from "../../ledger/index.ts";
import { currentProgram, readStandings, tierOf } from "../../loyalty/index.ts";
import { bonusOf, principalOf, storedValueAccounts, storedValueAvailable } from "../../payments/index.ts";
import { memberUnusable, unknownMember } from "../order.ts";
import { signClaims, signingKey } from "./signature.ts";

/** From a code's issue to its end. */
export const VALID_MS = 4 * 3_600_000;
/** A till that was without network for a day and a night still finds the money of its orders. */
const GRACE_MS = 48 * 3_600_000;
const MAX_ENDED = 500;

export const escrowRef = (codeId: string): string => `offline:${codeId}`;

interface CodeRow {
  id: string;
  member_id: string;
  allowance_fen: number;
  used_fen: number;
  tier_id: string | null;
  first_order: boolean;
  expires_at: Date;
  escrow_until: Date;
  state: string;
}

export interface OfflineCode {
  code: string;
  allowanceFen: number;
  usedFen: number;
  expiresAt: string;
  heldUntil: string;
}

function codeView(scope: Scope, row: CodeRow, name: string): OfflineCode {
  const code = signClaims(signingKey(scope), {
    i: row.id, m: row.member_id, n: name, t: row.tier_id, f: row.first_order ? 1 : 0, a: row.allowance_fen, e: Math.floor(row.expires_at.getTime() / 1_000),
  });
  return { code, allowanceFen: row.allowance_fen, usedFen: row.used_fen, expiresAt: row.expires_at.toISOString(), heldUntil: row.escrow_until.toISOString() };
}

/** The member's code that is still good; the same text as when it was issued. */
export async function findOfflineCode(scope: Scope, memberId: string): Promise<OfflineCode | null> {
  const row = await liveCode(scope, memberId);
  return row ? codeView(scope, row, greeting((await getMember(scope, memberId)).name)) : null;
}

async function liveCode(scope: Scope, memberId: string): Promise<CodeRow | undefined> {
  const [row] = await scope.tx.rows<CodeRow>(
    "select * from commerce.offline_code where tenant_id = $1 and member_id = $2 and state = 'open' and expires_at > $3 order by expires_at desc limit 1",
    [scope.tenantId, memberId, scope.now]);
  return row;
}

/** As the till greets: whoever finds the phone learns one sign of the name. */
const greeting = (name: string): string => `${[...name][0] ?? "客"}*`;

/** Issues a code and sets its allowance aside; while one is good, that one is answered, so that nothing is held twice. */
export async function issueOfflineCode(scope: Scope, memberId: string, wishFen: number): Promise<OfflineCode> {
  const locked = (await lockMembers(scope, [memberId])).get(memberId);
  if (!locked) throw unknownMember({ memberId });
  if (locked.state !== "active") throw memberUnusable({ memberId, state: locked.state });
  const member = await getMember(scope, memberId);
  const live = await liveCode(scope, memberId);
  if (live) return codeView(scope, live, greeting(member.name));
  const [program, standings, journal] = await Promise.all([currentProgram(scope), readStandings(scope, [memberId]), Journal.open(scope, storedValueAccounts(memberId))]);
  const allowanceFen = Math.min(wishFen, storedValueAvailable(journal, memberId));
  if (allowanceFen <= 0) throw fieldProblem("allowanceFen", "no-balance", "there is no stored value to set aside");
  const standing = standings.get(memberId);
  const row: CodeRow = {
    id: newId(scope), member_id: memberId, allowance_fen: allowanceFen, used_fen: 0, tier_id: tierOf(program, standing?.tierId ?? null)?.id ?? null,
    first_order: (standing?.orders ?? 0) === 0, expires_at: new Date(scope.now.getTime() + VALID_MS), escrow_until: new Date(scope.now.getTime() + VALID_MS + GRACE_MS), state: "open",
  };
  holdEscrow(journal, row, allowanceFen);
  journal.close();
  await scope.tx.db.insertInto("commerce.offline_code").values({ ...row, issued_at: scope.now }).execute();
  hint(scope, "members", [memberId]);
  return codeView(scope, row, greeting(member.name));
}

/** Sets stored value aside for a code: principal first, which is what a guest would get back. */
export function holdEscrow(journal: Journal, code: Pick<CodeRow, "id" | "member_id" | "escrow_until">, amountFen: number): void {
  const fromPrincipal = Math.min(amountFen, journal.available(principalOf(code.member_id)));
  if (fromPrincipal > 0) journal.hold(principalOf(code.member_id), fromPrincipal, escrowRef(code.id), code.escrow_until);
  if (amountFen > fromPrincipal) journal.hold(bonusOf(code.member_id), amountFen - fromPrincipal, escrowRef(code.id), code.escrow_until);
}

/** Gives back what no till used, when all have had time to upload. */
async function endEscrows(scope: Scope): Promise<void> {
  const over = await scope.tx.rows<CodeRow>(
    "select * from commerce.offline_code where tenant_id = $1 and state = 'open' and escrow_until <= $2 order by member_id, id limit $3", [scope.tenantId, scope.now, MAX_ENDED]);
  if (over.length === 0) return;
  const memberIds = [...new Set(over.map((one) => one.member_id))];
  await lockMembers(scope, memberIds);
  const journal = await Journal.open(scope, memberIds.flatMap(storedValueAccounts), over.map((one) => escrowRef(one.id)));
  for (const one of over) journal.release(escrowRef(one.id));
  journal.close();
  scope.tx.write("update commerce.offline_code set state = 'ended' where tenant_id = $1 and id = any($2::uuid[])", [scope.tenantId, over.map((one) => one.id)]);
  hint(scope, "members", memberIds);
}

export const schedules: readonly Schedule[] = [{ name: "commerce.offline-escrow", cron: "*/5 * * * *", zone: "Asia/Shanghai", run: endEscrows }];
