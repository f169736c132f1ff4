import { seededRandom } from "../kernel/entropy.ts";

const WORD = 2 ** 32;

/** Chance that falls the same way every time: each part of the story has dice of its own, named by what it is for. */
export class Dice {
  readonly #random: (bytes: number) => Uint8Array;

  constructor(name: string) {
    this.#random = seededRandom(seedOf(name));
  }

  /** 0 ≤ x < 1 */
  next(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#random(4);
    return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / WORD;
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.next() * from.length)];
    if (found === undefined) throw new Error("Nothing to pick from");
    return found;
  }

  /** The heavier the likelier. */
  weighted<T>(from: readonly T[], weightOf: (one: T) => number): T {
    let rest = this.next() * from.reduce((sum, one) => sum + weightOf(one), 0);
    for (const one of from) {
      rest -= weightOf(one);
      if (rest < 0) return one;
    }
    return this.pick(from);
  }

  shuffled<T>(from: readonly T[]): T[] {
    return from.map((one) => ({ one, at: this.next() })).sort((a, b) => a.at - b.at).map(({ one }) => one);
  }
}

/** FNV-1a: any name becomes a seed. */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}
