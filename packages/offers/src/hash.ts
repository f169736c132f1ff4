/** Two 32-bit lanes, each an FNV-1a with its own prime and a final mix: stable across platforms, not cryptographic. */
export class Hasher {
  #low = 0x811c9dc5;
  #high = 0x9dc5811c;

  text(value: string): this {
    for (let i = 0; i < value.length; i++) this.#mix(value.charCodeAt(i));
    this.#mix(0x10000);
    return this;
  }

  number(value: number): this {
    if (value === (value | 0)) this.#mix(value);
    else this.text(String(value));
    return this;
  }

  /** 16 hex digits. */
  digest(): string {
    return hex(finish(this.#low)) + hex(finish(this.#high ^ this.#low));
  }

  #mix(unit: number): void {
    this.#low = Math.imul(this.#low ^ unit, 0x01000193);
    this.#high = Math.imul(this.#high ^ unit, 0x85ebca6b) ^ (this.#high >>> 13);
  }
}

/** The hash of any JSON value over its canonical form: keys sorted, undefined left out. */
export function hashOf(value: unknown): string {
  return new Hasher().text(canonical(value)).digest();
}

/** JSON with sorted keys and without undefined members. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).filter(([, member]) => member !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}

function finish(lane: number): number {
  let h = lane ^ (lane >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hex(lane: number): string {
  return lane.toString(16).padStart(8, "0");
}
