import { describe, expect, it } from "vitest";
import { movesOf, movesOfAll, protectionOf } from "./standing.ts";

const nobodys = { owner: null, dueAt: null, extensionsLeft: 0 };
const owned = (id: string, extensionsLeft = 1) => ({ owner: { id, name: id }, dueAt: "2026-12-01T00:00:00Z", extensionsLeft });
const developer = { staffId: "me", canClaim: true, canAssign: false, hasOtherPool: true };
const lead = { ...developer, canAssign: true };

describe("what may be done with a record of a sea", () => {
  it("whoever claims takes what is nobody's, and keeps or gives back their own alone", () => {
    expect(movesOf(nobodys, developer)).toEqual(["claim"]);
    expect(movesOf(owned("me"), developer)).toEqual(["extend", "return"]);
    expect(movesOf(owned("me", 0), developer)).toEqual(["return"]);
    expect(movesOf(owned("other"), developer)).toEqual([]);
  });

  it("whoever assigns does it to anybody's, and changes pools where there is another", () => {
    expect(movesOf(nobodys, lead)).toEqual(["claim", "assign", "move"]);
    expect(movesOf(owned("other"), { ...lead, hasOtherPool: false })).toEqual(["extend", "return", "transfer"]);
  });

  it("what is held for good needs no extension", () => {
    expect(movesOf({ ...owned("me"), dueAt: null }, developer)).toEqual(["return"]);
  });

  it("several may have done with them what one of them may", () => {
    expect(movesOfAll([nobodys, owned("me")], developer)).toEqual(["claim", "extend", "return"]);
    expect(movesOfAll([], lead)).toEqual([]);
  });

  it("only who looks may nothing", () => {
    expect(movesOf(nobodys, { ...developer, canClaim: false })).toEqual([]);
  });
});

describe("how long an owner keeps a record", () => {
  const of = (part: object) => protectionOf({ owner: { id: "me", name: "me" }, dueAt: "2026-12-01T00:00:00Z", daysLeft: 10, isWon: false, ...part });

  it("is told in days, and alarms in the last three", () => {
    expect(of({})).toEqual({ kind: "days", days: 10 });
    expect(of({ daysLeft: 3 })).toEqual({ kind: "soon", days: 3 });
    expect(of({ daysLeft: 0 })).toEqual({ kind: "over" });
  });

  it("has no end where it is won or where nothing is taken back", () => {
    expect(of({ isWon: true, dueAt: null, daysLeft: null })).toEqual({ kind: "won" });
    expect(of({ dueAt: null, daysLeft: null })).toEqual({ kind: "unlimited" });
    expect(of({ owner: null })).toEqual({ kind: "nobody" });
  });
});
