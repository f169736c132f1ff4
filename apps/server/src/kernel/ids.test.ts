import { expect, test } from "vitest";
import { secureRandom, seededRandom } from "./entropy.ts";
import { isUuid, lockOrder, uuidv7 } from "./ids.ts";

const at = new Date("2026-11-21T10:00:00.123Z");

test("an id is a UUID of version 7 that begins with its time", () => {
  const id = uuidv7(at, secureRandom());
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace("-", "").slice(0, 12), 16)).toBe(at.getTime());
  expect(isUuid(id)).toBe(true);
});

test("ids of one millisecond keep the order in which they were made, and none comes twice", () => {
  const random = secureRandom();
  const ids = Array.from({ length: 50_000 }, () => uuidv7(at, random));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

test("ids of one millisecond keep their order though others make ids of other milliseconds between", () => {
  const random = secureRandom();
  const ids = Array.from({ length: 1_000 }, (_, i) => (uuidv7(new Date(at.getTime() + 1 + i), random), uuidv7(at, random)));
  expect(ids.toSorted()).toEqual(ids);
});

test("two servers in the same millisecond make different ids", () => {
  const ids = new Set<string>();
  for (let server = 0; server < 500; server++) {
    const random = secureRandom();
    for (let i = 0; i < 10; i++) ids.add(uuidv7(at, random));
  }
  expect(ids.size).toBe(5_000);
});

test("a seed gives the same ids again, whatever else was made meanwhile", () => {
  const make = (between: () => void) => {
    const random = seededRandom(7);
    return Array.from({ length: 20 }, () => (between(), uuidv7(at, random)));
  };
  const noise = secureRandom();
  expect(make(() => {})).toEqual(make(() => uuidv7(at, noise)));
});

test("rows are locked in one order, each once", () => {
  expect(lockOrder(["b", "a", "b"])).toEqual(["a", "b"]);
});

test("what is no UUID is refused, whatever it looks like", () => {
  for (const text of ["", "x", "01a20020-efd7-755c-aa75-f2c0c97f5d8", "01a20020-efd7-755c-aa75-f2c0c97f5d8z", "' or 1=1", "{01a20020-efd7-755c-aa75-f2c0c97f5d8a}"]) expect(isUuid(text), text).toBe(false);
});
