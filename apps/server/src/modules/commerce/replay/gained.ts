import { gunzipSync, gzipSync } from "node:zlib";
import type { Gained } from "./tally.ts";

/** What each member has had, packed: kept between stops, and a few hundred thousand members are a few megabytes. */
export function packGained(gained: ReadonlyMap<string, Gained>): Uint8Array {
  const lines = [...gained].map(([memberId, { uses, costFen, tier }]) => `${memberId} ${uses} ${costFen} ${tier}`);
  return gzipSync(lines.join("\n"), { level: 1 });
}

export function unpackGained(packed: Uint8Array): Map<string, Gained> {
  const text = gunzipSync(packed).toString();
  if (text === "") return new Map();
  return new Map(text.split("\n").map((line): [string, Gained] => {
    const [memberId = "", uses, costFen, tier = ""] = line.split(" ");
    return [memberId, { uses: Number(uses), costFen: Number(costFen), tier }];
  }));
}

/** Several packs in one column, each with its length before it. */
export function joinPacks(packs: readonly Uint8Array[]): Buffer {
  return Buffer.concat(packs.flatMap((pack) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(pack.length);
    return [length, Buffer.from(pack)];
  }));
}

export function splitPacks(joined: Uint8Array): Uint8Array[] {
  const bytes = Buffer.from(joined);
  const packs: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    packs.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return packs;
}
