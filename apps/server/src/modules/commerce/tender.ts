import { problem, type FieldError, invalid } from "../../kernel/problem.ts";
import type { Fen, Points } from "../../kernel/money.ts";
import { pointsWorth, type Program } from "../loyalty/index.ts";
import type { TenderWire } from "./cart.schema.ts";

export const tenderMismatch = problem("commerce/tender-mismatch", 409, "The tenders do not add up to the price");

export interface Tender {
  kind: TenderWire["kind"];
  amountFen: Fen;
  points: Points | null;
  paymentId: string | null;
  reference: string | null;
}

/** What would be taken for another kind's: a payment that nobody checked, points that nobody spent. */
const OF_KIND = [["points", "points"], ["paymentId", "wechat"]] as const;

/**
 * Puts an amount to every tender and checks that they add up. One tender may leave its amount out and takes the rest, stored
 * value at most what is there. Change is the till's matter: cash counts with what it pays.
 */
export function settleTenders(wire: readonly TenderWire[], dueFen: Fen, program: Program, storedValueFen: Fen): Tender[] {
  const errors: FieldError[] = [];
  const open: number[] = [];
  const mostFen = Math.floor((dueFen * program.maxOrderSharePercent) / 100);
  let byPoints = 0;
  const tenders = wire.map((one, at): Tender => {
    const field = `tenders.${at}`;
    if (one.kind === "points" && one.points === undefined) errors.push({ field: `${field}.points`, code: "required", message: "say how many points" });
    if (one.kind === "wechat" && one.paymentId === undefined) errors.push({ field: `${field}.paymentId`, code: "required", message: "name the payment" });
    const worth = one.kind === "points" && one.points !== undefined ? pointsWorth(program, one.points, `${field}.points`) : undefined;
    if (worth !== undefined && one.amountFen !== undefined && one.amountFen !== worth) {
      errors.push({ field: `${field}.amountFen`, code: "mismatch", message: `these points are worth ${worth}` });
    }
    for (const [name, kind] of OF_KIND) if (one[name] !== undefined && one.kind !== kind) errors.push({ field: `${field}.${name}`, code: "not-allowed", message: `belongs to ${kind} only` });
    byPoints += worth ?? 0;
    if (worth !== undefined && byPoints > mostFen) errors.push({ field: `${field}.points`, code: "too-many", message: `points may pay at most ${mostFen} of this order` });
    const amountFen = worth ?? one.amountFen;
    if (amountFen === undefined) open.push(at);
    return { kind: one.kind, amountFen: amountFen ?? 0, points: one.points ?? null, paymentId: one.paymentId ?? null, reference: one.reference ?? null };
  });
  if (open.length > 1) errors.push({ field: `tenders.${open[1]}.amountFen`, code: "required", message: "only one tender may take the rest" });
  if (errors.length > 0) throw invalid({ errors });
  const given = tenders.reduce((sum, one) => sum + one.amountFen, 0);
  const last = tenders[open[0] ?? -1];
  if (last) last.amountFen = Math.max(0, last.kind === "stored-value" ? Math.min(storedValueFen, dueFen - given) : dueFen - given);
  const total = given + (last?.amountFen ?? 0);
  if (total !== dueFen) {
    throw tenderMismatch({ dueFen, tendersFen: total, ...(total < dueFen ? { missing: { amountFen: dueFen - total } } : {}) });
  }
  return tenders.filter((one) => one.amountFen > 0 || (one.points ?? 0) > 0);
}
