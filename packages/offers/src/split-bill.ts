import type { Fen } from "./cart.ts";
import { allocate } from "./money.ts";
import type { Quote, QuoteLine } from "./quote.ts";
import { splitTenders } from "./tenders.ts";

/** One person at the table. */
export interface BillShare {
  id: string;
  /** Part of what nobody claims: lines shared by all, fees. Default 1; 0 pays for claimed lines only. */
  weight?: number | undefined;
  /** Lines this person had, by line id: units, or any weight against the others who claim the same line. */
  lines?: Readonly<Record<string, number>> | undefined;
}

/** What belongs to the whole order beside its prices. */
export interface BillExtras {
  /** Points each line earns, as `earnPoints` gave them. */
  pointsByLine?: readonly number[] | undefined;
  /** Amounts paid for all together (a shared voucher, points of the host): divided by what each has to pay. */
  common?: readonly Fen[] | undefined;
}

export interface SplitLine {
  lineId: string;
  grossFen: Fen;
  discountFen: Fen;
  netFen: Fen;
  points: number;
}

export interface BillPart {
  id: string;
  /** Lines in which this person has a part. */
  lines: SplitLine[];
  grossFen: Fen;
  discountFen: Fen;
  netFen: Fen;
  feesFen: Fen;
  /** To be paid by this person: netFen + feesFen. */
  totalFen: Fen;
  points: number;
  /** What each effect of the quote took off this person's lines and fees, by index into `effects`. */
  effects: { effect: number; amountFen: Fen }[];
  /** This person's part of each common amount. */
  common: Fen[];
}

/**
 * AA 制: divides a quote among the people at a table: prices, every discount, fees and points, to the fen. All sums over the people are
 * those of the quote, for each line and each effect. The odd fen of a line goes to whoever has so far fallen short most, so that twenty
 * shared dishes do not cost the first guest twenty fen more. Throws RangeError without anybody, for a negative weight, for a line that
 * the quote does not have, or when nobody's weight takes what is shared.
 */
export function splitBill(quote: Quote, shares: readonly BillShare[], extras: BillExtras = {}): BillPart[] {
  check(quote, shares);
  const parts = shares.map(({ id }): BillPart => ({ id, lines: [], grossFen: 0, discountFen: 0, netFen: 0, feesFen: 0, totalFen: 0, points: 0, effects: [], common: [] }));
  const taken = shares.map(() => new Array<number>(quote.effects.length).fill(0));
  const debts = { gross: new Ledger(shares.length), net: new Ledger(shares.length), points: new Ledger(shares.length) };
  quote.lines.forEach((line, at) => {
    const weights = weightsOf(line, shares);
    const gross = debts.gross.split(line.grossFen, weights);
    const net = debts.net.split(line.netFen, weights, line.grossFen >= 0 && line.netFen >= 0 ? gross : null);
    const points = debts.points.split(extras.pointsByLine?.[at] ?? 0, weights);
    effectsOf(line, gross, net, weights).forEach((row, k) => row.forEach((amountFen, s) => taken[k]![line.shares[s]!.effect]! += amountFen));
    parts.forEach((part, k) => {
      if (weights[k] === 0) return;
      part.lines.push({ lineId: line.lineId, grossFen: gross[k]!, discountFen: gross[k]! - net[k]!, netFen: net[k]!, points: points[k]! });
      part.grossFen += gross[k]!;
      part.netFen += net[k]!;
      part.points += points[k]!;
    });
  });
  splitFees(quote, shares, parts, taken);
  close(parts, taken, extras);
  return parts;
}

function check(quote: Quote, shares: readonly BillShare[]): void {
  if (shares.length === 0) throw new RangeError("nobody at the table");
  const known = new Set(quote.lines.map((line) => line.lineId));
  for (const { id, weight, lines } of shares) {
    if ((weight ?? 1) < 0) throw new RangeError(`weight ${weight} of ${id}`);
    for (const [lineId, units] of Object.entries(lines ?? {})) if (!known.has(lineId) || units < 0) throw new RangeError(`${units} of line ${lineId} for ${id}`);
  }
}

function weightsOf({ lineId }: QuoteLine, shares: readonly BillShare[]): number[] {
  const claimed = shares.map((one) => one.lines?.[lineId] ?? 0);
  return claimed.some((units) => units > 0) ? claimed : commonWeights(shares);
}

function commonWeights(shares: readonly BillShare[]): number[] {
  const weights = shares.map((one) => one.weight ?? 1);
  if (!weights.some((weight) => weight > 0)) throw new RangeError("nobody takes what is shared");
  return weights;
}

/** `result[person][k]`: what the line's k-th effect took off this person's part. Rows sum to the person's discount, columns to the effect's. */
function effectsOf(line: QuoteLine, gross: readonly Fen[], net: readonly Fen[], weights: readonly number[]): Fen[][] {
  const columns = line.shares.map((one) => one.amountFen);
  const rows = gross.map((amount, k) => amount - net[k]!);
  if (columns.every((amount) => amount >= 0) && rows.every((amount) => amount >= 0)) return splitTenders(rows, columns);
  // A hand-keyed negative line: its rows are not below its gross, so only the columns are kept exact.
  const parts = columns.map((amount) => allocate(amount, weights));
  return weights.map((_, k) => parts.map((column) => column[k]!));
}

function splitFees(quote: Quote, shares: readonly BillShare[], parts: BillPart[], taken: number[][]): void {
  if (quote.fees.length === 0) return;
  const weights = commonWeights(shares);
  const debt = new Ledger(shares.length);
  for (const fee of quote.fees) debt.split(fee.netFen, weights).forEach((amount, k) => parts[k]!.feesFen += amount);
  quote.effects.forEach(({ fees }, effect) => {
    for (const { amountFen } of fees) allocate(amountFen, weights).forEach((amount, k) => taken[k]![effect]! += amount);
  });
}

function close(parts: BillPart[], taken: readonly number[][], { common = [] }: BillExtras): void {
  parts.forEach((part, k) => {
    part.discountFen = part.grossFen - part.netFen;
    part.totalFen = part.netFen + part.feesFen;
    part.effects = taken[k]!.flatMap((amountFen, effect) => (amountFen === 0 ? [] : [{ effect, amountFen }]));
  });
  const totals = parts.map((part) => part.totalFen);
  for (const amount of common) allocate(amount, totals).forEach((share, k) => parts[k]!.common.push(share));
}

/** Splits one amount after the other and remembers, in millionths, who has got less than their exact part so far. */
class Ledger {
  readonly #owed: number[];

  constructor(people: number) {
    this.#owed = new Array<number>(people).fill(0);
  }

  /** Parts sum to `amount`; none is above its `limit`. */
  split(amount: number, weights: readonly number[], limits: readonly number[] | null = null): number[] {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const size = Math.abs(amount);
    const parts = weights.map((weight) => Math.floor(size * weight / total));
    weights.forEach((weight, k) => this.#owed[k]! += Math.round((size * weight / total - parts[k]!) * 1_000_000));
    const order = weights.map((_, k) => k).filter((k) => weights[k]! > 0);
    let left = size - parts.reduce((sum, part) => sum + part, 0);
    while (left > 0) {
      const open = order.filter((k) => limits === null || parts[k]! < limits[k]!);
      const next = (open.length > 0 ? open : order).reduce((best, k) => (this.#owed[k]! > this.#owed[best]! ? k : best));
      parts[next]!++;
      this.#owed[next]! -= 1_000_000;
      left--;
    }
    // A part above its limit gives the excess to whoever is below theirs.
    if (limits !== null) this.#level(parts, limits);
    return amount < 0 ? parts.map((part) => 0 - part) : parts;
  }

  #level(parts: number[], limits: readonly number[]): void {
    parts.forEach((part, k) => {
      for (let excess = part - limits[k]!; excess > 0; excess--) {
        const other = parts.findIndex((one, i) => one < limits[i]!);
        if (other < 0) return;
        parts[k]!--;
        parts[other]!++;
        this.#owed[k]! += 1_000_000;
        this.#owed[other]! -= 1_000_000;
      }
    });
  }
}
