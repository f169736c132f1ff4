import { describe, expect, it } from "vitest";
import { likelyNotes, settle } from "./tender.ts";

describe("tenders", () => {
  it("gives change for cash and books what stays", () => {
    expect(settle(8650, [{ kind: "cash", givenFen: 10_000 }])).toEqual({ paidFen: 8650, restFen: 0, changeFen: 1350, tenders: [{ kind: "cash", amountFen: 8650 }] });
  });

  it("mixes stored value and cash", () => {
    const { tenders, changeFen } = settle(8650, [{ kind: "cash", givenFen: 5000 }, { kind: "stored-value", givenFen: 5000 }]);
    expect(changeFen).toBe(1350);
    expect(tenders).toEqual([{ kind: "stored-value", amountFen: 5000 }, { kind: "cash", amountFen: 3650 }]);
  });

  it("never gives change from a card", () => {
    expect(settle(100, [{ kind: "card", givenFen: 150 }])).toMatchObject({ changeFen: 0, paidFen: 150 });
  });

  it("says what is still missing", () => {
    expect(settle(100, [{ kind: "cash", givenFen: 40 }]).restFen).toBe(60);
    expect(settle(0, [])).toMatchObject({ restFen: 0, tenders: [] });
  });

  it("guesses the notes", () => {
    expect(likelyNotes(8650)).toEqual([8650, 9000, 10_000]);
  });
});
