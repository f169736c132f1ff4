import type { Fen } from "./cart.ts";

const MAX = Number.MAX_SAFE_INTEGER;

/**
 * `amount * num / den`, half-up, exact: the product may pass 2^53 (then BigInt is used).
 * Mirrored below zero, so that a reversal is the exact negative. Throws RangeError when den <= 0 or an argument is no integer.
 */
export function share(amount: Fen, num: number, den: number): Fen {
  if (amount < 0) return 0 - share(-amount, num, den);
  const product = amount * num;
  if (product <= MAX / 4 && den > 0 && den <= MAX / 4 && num >= 0) {
    const twice = product * 2 + den;
    const quotient = Math.floor(twice / (den * 2));
    // Floating division may land on the next integer when the true quotient is just below it.
    return quotient * den * 2 > twice ? quotient - 1 : quotient;
  }
  if (den <= 0 || num < 0) throw new RangeError(`share(${amount}, ${num}, ${den})`);
  return Number((BigInt(amount) * BigInt(num) * 2n + BigInt(den)) / (BigInt(den) * 2n));
}

/**
 * Splits `amount` by `weights` (>= 0): parts are whole, sum to `amount`, and differ from the exact share by less than 1.
 * Largest remainder, ties to the first. All weights zero: split evenly. A negative amount is split as its mirror.
 */
export function allocate(amount: Fen, weights: readonly number[]): Fen[] {
  const parts: Fen[] = new Array<number>(weights.length).fill(0);
  if (weights.length === 0) return parts;
  let total = 0;
  for (const weight of weights) total += weight;
  const even = total === 0;
  allocateInto(parts, Math.abs(amount), even ? new Array<number>(weights.length).fill(1) : weights, even ? weights.length : total);
  if (amount < 0) for (let i = 0; i < parts.length; i++) parts[i] = 0 - parts[i]!;
  return parts;
}

/** `allocate` without garbage: writes the parts of `amount` >= 0 over `weights`, whose sum > 0 is given. */
export function allocateInto(parts: Fen[], amount: Fen, weights: readonly number[], total: number): void {
  const count = weights.length;
  const remainders = new Array<number>(count);
  let left = amount;
  const big = amount > MAX / Math.max(1, total);
  for (let i = 0; i < count; i++) {
    const weight = weights[i]!;
    let part: number;
    let remainder: number;
    if (big) {
      const product = BigInt(amount) * BigInt(weight);
      part = Number(product / BigInt(total));
      remainder = Number(product % BigInt(total));
    } else {
      const product = amount * weight;
      part = Math.floor(product / total);
      remainder = product - part * total;
      if (remainder < 0) { part--; remainder += total; }
    }
    parts[i] = part;
    remainders[i] = remainder;
    left -= part;
  }
  if (left > 0) giveRemainders(parts, remainders, left);
}

/** `left` units go to the largest remainders; always fewer than the parts. */
function giveRemainders(parts: Fen[], remainders: number[], left: number): void {
  if (left * parts.length > 4096) {
    const order = remainders.map((_, i) => i).sort((a, b) => remainders[b]! - remainders[a]! || a - b);
    for (let k = 0; k < left; k++) parts[order[k]!]!++;
    return;
  }
  for (; left > 0; left--) {
    let best = 0;
    for (let i = 1; i < remainders.length; i++) if (remainders[i]! > remainders[best]!) best = i;
    parts[best]!++;
    remainders[best] = -1;
  }
}
