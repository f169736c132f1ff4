import { Readable } from "node:stream";
import yauzl, { type Entry, type ZipFile } from "yauzl";
import { readFile } from "../../file.ts";
import { unreadableFile, type SourceFile } from "./source.ts";

const MAX_ENTRIES = 2_000;
const MAX_INFLATED = 4 * 1_073_741_824;
/** Sheets shrink to a tenth, very even ones to a fiftieth; a bomb to a thousandth. */
const MAX_RATIO = 250;
const SMALL = 1_048_576;

/** Reads pieces of the stored file where the archive asks for them: nothing is unpacked anywhere. */
class StoredReader extends yauzl.RandomAccessReader {
  readonly #file: SourceFile;
  /** How far into the file somebody has read. */
  furthest = 0;

  constructor(file: SourceFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#range(start, end), { highWaterMark: 1, objectMode: false });
  }

  async *#range(start: number, end: number): AsyncGenerator<Buffer> {
    let at = start;
    for await (const bytes of readFile(this.#file.inScope, this.#file, start)) {
      const part = bytes.subarray(0, end - at);
      at += part.length;
      this.furthest = at;
      if (part.length > 0) yield part;
      if (at >= end) return;
    }
  }
}

export interface Archive {
  entries: ReadonlyMap<string, Entry>;
  open(name: string): Promise<Readable | undefined>;
  bytesRead(): number;
}

/** A ZIP archive in the file store. Throws `unreadableFile` for what is none, and for what would swell without end. */
export async function openArchive(file: SourceFile): Promise<Archive> {
  const reader = new StoredReader(file);
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    yauzl.fromRandomAccessReader(reader, file.sizeBytes, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, opened) => (error ? reject(broken(error)) : resolve(opened)));
  });
  const entries = await listEntries(zip);
  refuseBomb([...entries.values()]);
  return {
    entries, bytesRead: () => reader.furthest,
    open: (name) => {
      const entry = entries.get(name);
      return entry ? openEntry(zip, entry) : Promise.resolve(undefined);
    },
  };
}

const broken = (error: Error) => unreadableFile({ reason: "not-a-workbook", detail: error.message });

function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  return new Promise((resolve, reject) => {
    const entries = new Map<string, Entry>();
    zip.on("entry", (entry: Entry) => {
      entries.set(entry.fileName, entry);
      if (entries.size > MAX_ENTRIES) reject(unreadableFile({ reason: "too-many-entries" }));
      else zip.readEntry();
    });
    zip.on("end", () => resolve(entries));
    zip.on("error", (error: Error) => reject(broken(error)));
    zip.readEntry();
  });
}

/** By what the archive says of itself; that an entry is longer than it says is noticed while it is read. */
function refuseBomb(entries: readonly Entry[]): void {
  const inflated = entries.reduce((sum, entry) => sum + entry.uncompressedSize, 0);
  const swells = entries.some((entry) => entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * MAX_RATIO);
  if (inflated > MAX_INFLATED || swells) throw unreadableFile({ reason: "swells", detail: "Unpacked it would be far larger than a workbook of this size" });
}

const openEntry = (zip: ZipFile, entry: Entry): Promise<Readable> => new Promise((resolve, reject) => {
  zip.openReadStream(entry, (error, stream) => {
    if (error) return reject(broken(error));
    // Whoever reads hears of an error; it may come before anybody does.
    stream.on("error", () => {});
    resolve(stream);
  });
});
