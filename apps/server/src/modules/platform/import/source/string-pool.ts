import { unreadableFile } from "./source.ts";

const MAX_BYTES = 128 * 1_048_576;
const MAX_TEXTS = 4_000_000;

/** Texts as bytes in one piece: a million names take 20 MB in place of 80. */
export class StringPool {
  #bytes = Buffer.allocUnsafe(1_048_576);
  #ends = new Uint32Array(65_536);
  #count = 0;
  #length = 0;

  /** Throws `unreadableFile` where a workbook shares more than can be held; the same as CSV can be read. */
  add(text: string): void {
    const needed = this.#length + text.length * 3;
    if (needed > MAX_BYTES || this.#count === MAX_TEXTS) throw unreadableFile({ reason: "too-many-texts", detail: "Save the sheet as CSV: a workbook this large cannot be read in pieces" });
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(MAX_BYTES, Math.max(needed, this.#bytes.length * 2)));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    if (this.#count === this.#ends.length) {
      const longer = new Uint32Array(this.#ends.length * 2);
      longer.set(this.#ends);
      this.#ends = longer;
    }
    this.#length += this.#bytes.write(text, this.#length, "utf8");
    this.#ends[this.#count++] = this.#length;
  }

  get(at: number): string {
    if (!(at < this.#count)) return "";
    return this.#bytes.toString("utf8", at === 0 ? 0 : this.#ends[at - 1], this.#ends[at]);
  }
}
