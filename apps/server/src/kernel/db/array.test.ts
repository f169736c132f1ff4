import { expect, test } from "vitest";
import { freshTenant } from "../../../test/tenant.ts";
import { bigints, booleans, bytes, days, instants, integers, texts, textList, utf8, uuidList, uuids } from "./array.ts";

interface Row {
  id: string | null;
  count: number | null;
  sum: number | null;
  name: string | null;
  at: Date | null;
  on: string | null;
  is: boolean | null;
}

const ROWS: Row[] = [
  { id: "01a200aa-e677-721c-89e5-107cec96cbb1", count: -2_147_483_648, sum: Number.MAX_SAFE_INTEGER, name: "𠮷野家 \"{},\\ 'NULL' 😀", at: new Date("2026-11-22T01:02:03.456Z"), on: "2026-02-28", is: true },
  { id: null, count: null, sum: null, name: null, at: null, on: null, is: null },
  { id: "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", count: 7, sum: -Number.MAX_SAFE_INTEGER, name: "", at: new Date("1986-05-04T00:00:00Z"), on: "1999-12-31", is: false },
];

test("a column of each kind arrives as it was, with its gaps", async () => {
  const tenant = await freshTenant();
  const found = await tenant.inScope((scope) => scope.tx.rows<Row>(
    `select id, count, sum, name, at, "on", "is" from unnest($1::uuid[], $2::int[], $3::bigint[], $4::text[], $5::timestamptz[], $6::date[], $7::boolean[]) as v(id, count, sum, name, at, "on", "is")`,
    [uuids(ROWS, (row) => row.id), integers(ROWS, (row) => row.count), bigints(ROWS, (row) => row.sum), texts(ROWS, (row) => row.name),
      instants(ROWS, (row) => row.at), days(ROWS, (row) => row.on), booleans(ROWS, (row) => row.is)]));
  expect(found).toEqual(ROWS.map((row) => ({ ...row, id: row.id?.toLowerCase() ?? null })));
});

test("bytes and texts that are in UTF-8 already arrive as they were", async () => {
  const tenant = await freshTenant();
  const words = [Buffer.from("熟客"), Buffer.alloc(0), Buffer.alloc(100_000, 97)];
  const [found] = await tenant.inScope((scope) => scope.tx.rows<{ raw: Buffer[]; words: string[] }>(
    "select $1::bytea[] as raw, $2::text[] as words", [bytes(words, (one) => one), utf8(words, (one) => one)]));
  expect(found?.raw.map(String)).toEqual(words.map(String));
  expect(found?.words).toEqual(words.map(String));
});

test("lists of nothing are empty, and what is not an id is refused before it is sent", async () => {
  const tenant = await freshTenant();
  const [found] = await tenant.inScope((scope) => scope.tx.rows("select $1::uuid[] as ids, $2::text[] as names", [uuidList([]), textList([])]));
  expect(found).toEqual({ ids: [], names: [] });
  for (const id of ["", "01a200aa", "01a200aa-e677-721c-89e5-107cec96cbbz", "01a200aa-e677-721c-89e5-107cec96cbb1ff"]) {
    expect(() => uuidList([id]), id).toThrow("not a UUID");
  }
});

test("an instant is read to the millisecond, also without a fraction and long ago", async () => {
  const tenant = await freshTenant();
  const instantsRead = ["2026-11-22 01:02:03.456789+00", "2026-11-22 01:02:03+00", "2026-01-02 00:00:00.1+00", "0044-03-15 12:00:00+00", "0044-03-15 12:00:00+00 BC"];
  const found = await tenant.inScope((scope) => scope.tx.rows<{ at: Date }>("select v::timestamptz as at from unnest($1::text[]) v", [instantsRead]));
  expect(found.slice(0, 3).map((row) => row.at.toISOString())).toEqual(["2026-11-22T01:02:03.456Z", "2026-11-22T01:02:03.000Z", "2026-01-02T00:00:00.100Z"]);
  expect(found[3]?.at.getUTCFullYear()).toBe(44);
  expect(found[4]?.at.getUTCFullYear()).toBe(-43);
});
