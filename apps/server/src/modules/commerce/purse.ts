import type { Fen, Points } from "../../kernel/money.ts";
import type { Scope } from "../../kernel/scope.ts";
import { accountKey, balancesOf, readAccounts, type AccountKey } from "../ledger/index.ts";
import { expiringSoon, mostPoints, POINTS, type Program } from "../loyalty/index.ts";
import { findFreeze, storedValueAccounts, type Freeze } from "../payments/index.ts";
import type { QuoteWire } from "./cart.schema.ts";

/** What a guest can pay with at this moment. */
export interface Purse {
  points: Points;
  /** Nothing while it is frozen: it would be refused. */
  storedValueFen: Fen;
  freeze: Freeze["kind"] | null;
  expiring: ReturnType<typeof expiringSoon>;
}

export async function readPurse(scope: Scope, memberId: string): Promise<Purse> {
  const points = { holderId: memberId, asset: POINTS };
  const stored = storedValueAccounts(memberId);
  const accounts = await readAccounts(scope, [points, ...stored]);
  const active = (key: AccountKey) => balancesOf(accounts.get(accountKey(key)), scope.now).active;
  const isFrozen = stored.some((key) => accounts.get(accountKey(key))?.state === "frozen");
  return {
    points: active(points), expiring: expiringSoon(accounts.get(accountKey(points)), scope),
    storedValueFen: isFrozen ? 0 : stored.reduce((sum, key) => sum + active(key), 0),
    freeze: isFrozen ? (await findFreeze(scope, memberId))?.kind ?? "other" : null,
  };
}

interface Payable {
  points: Points;
  worthFen: Fen;
  storedFen: Fen;
}

/** What of a bill a purse could pay: points of all of it, stored value of all of it. */
export function payable(program: Program, dueFen: Fen, purse: Pick<Purse, "points" | "storedValueFen">): Payable {
  const points = mostPoints(program, dueFen, Math.max(0, purse.points));
  return { points, worthFen: Math.floor((points * program.spendFen) / program.spendPoints), storedFen: Math.min(dueFen, Math.max(0, purse.storedValueFen)) };
}

/** Points and stored value as a guest sees them: what they could pay of this bill, or why not. */
export function tenderCandidates(program: Program, dueFen: Fen, purse: Purse): QuoteWire["candidates"] {
  const { points, worthFen, storedFen } = payable(program, dueFen, purse);
  return [
    { id: "points", kind: "points", name: "积分抵扣", applies: points > 0, applied: false, amountFen: worthFen, points,
      reasons: points > 0 ? [] : [{ code: "no-points", message: "没有可用的积分" }] },
    { id: "stored-value", kind: "stored-value", name: "储值支付", applies: storedFen > 0, applied: false, amountFen: storedFen, reasons: storedReasons(dueFen - storedFen, purse) },
  ];
}

function storedReasons(missingFen: Fen, { freeze }: Purse): QuoteWire["candidates"][number]["reasons"] {
  if (freeze === "loss") return [{ code: "reported-lost", message: "储值卡已挂失" }];
  if (freeze) return [{ code: "frozen", message: "储值已冻结" }];
  return missingFen > 0 ? [{ code: "insufficient", message: "储值余额不足以支付全部", missing: { amountFen: missingFen } }] : [];
}

/** The tenders that leave least to pay in cash: stored value first, points of what is left. */
export function suggestTenders(program: Program, dueFen: Fen, purse: Purse): QuoteWire["tenderSuggestion"] {
  const { storedFen } = payable(program, dueFen, purse);
  const { points, worthFen } = payable(program, dueFen - storedFen, purse);
  const cashFen = dueFen - storedFen - worthFen;
  return [
    ...(storedFen > 0 ? [{ kind: "stored-value", amountFen: storedFen }] : []),
    ...(worthFen > 0 ? [{ kind: "points", amountFen: worthFen, points }] : []),
    ...(cashFen > 0 ? [{ kind: "cash", amountFen: cashFen }] : []),
  ];
}
