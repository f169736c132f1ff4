import { describe, expect, it } from "vitest";
import { heldAnew, heldRows } from "./steady-rows.ts";

const rows = (letters: string) => [...letters].map((id) => ({ id }));
const after = (before: string, now: string, { own = "", hasNext = false, all = now } = {}) => {
  const held = heldRows(heldAnew(rows(before)), { page: rows(now), all: rows(all), hasNext }, { idOf: (row) => row.id, isOwn: (row) => own.includes(row.id) });
  return { shown: held.rows.map((row) => row.id).join(""), gone: [...held.gone].join(""), isBehind: held.isBehind };
};

describe("a page whose list others change", () => {
  it("stays as it is where nothing of it changed", () => expect(after("abc", "abc")).toEqual({ shown: "abc", gone: "", isBehind: false }));
  it("keeps what somebody else took where it stood, and takes in below what follows", () => expect(after("abc", "acd")).toEqual({ shown: "abcd", gone: "b", isBehind: true }));
  it("lets go at once of what the reader took", () => expect(after("abc", "acd", { own: "b" })).toEqual({ shown: "acd", gone: "", isBehind: false }));
  it("has what is new above wait until it is asked for", () => expect(after("abc", "zabc")).toEqual({ shown: "abc", gone: "", isBehind: true }));
  it("calls nothing gone that was pushed to the next page", () => expect(after("abc", "zab", { hasNext: true })).toEqual({ shown: "abc", gone: "", isBehind: true }));
  it("calls nothing gone that is on another page now", () => expect(after("cd", "de", { all: "abcde" })).toEqual({ shown: "cde", gone: "", isBehind: false }));
  it("is shown anew where nothing of it is left", () => expect(after("abc", "xyz")).toEqual({ shown: "xyz", gone: "", isBehind: false }));
  it("is empty when the reader took the last one", () => expect(after("a", "", { own: "a" })).toEqual({ shown: "", gone: "", isBehind: false }));
});
