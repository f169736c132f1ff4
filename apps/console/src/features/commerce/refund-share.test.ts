import { describe, expect, it } from "vitest";
import type { Order } from "./order.ts";
import { refundShare } from "./refund-share.ts";

const order = {
  lines: [
    { lineId: "a", quantity: 3, returnedQuantity: 0, netFen: 1000, pointsEarned: 10 },
    { lineId: "b", quantity: 1, returnedQuantity: 0, netFen: 501, pointsEarned: 5 },
  ],
  tenders: [
    { no: 1, kind: "stored-value", amountFen: 1000, refundedFen: 0 },
    { no: 2, kind: "cash", amountFen: 501, refundedFen: 0 },
  ],
} as unknown as Order;

describe("the preview of a refund", () => {
  it("gives everything back for the whole order", () => {
    const whole = refundShare(order, { a: 3, b: 1 });
    expect(whole).toEqual({ amountFen: 1501, pointsBack: 15, tenders: [{ kind: "stored-value", amountFen: 1000 }, { kind: "cash", amountFen: 501 }] });
  });

  it("returns unit by unit exactly what the line was", () => {
    const one = (returnedQuantity: number) => refundShare({ ...order, lines: [{ ...order.lines[0]!, returnedQuantity }] }, { a: 1 }).amountFen;
    expect([one(0), one(1), one(2)]).toEqual([333, 334, 333]);
  });

  it("spreads over the tenders without losing a fen", () => {
    const part = refundShare(order, { b: 1 });
    expect(part.tenders.reduce((sum, tender) => sum + tender.amountFen, 0)).toBe(part.amountFen);
  });
});
