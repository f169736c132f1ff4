import { expect, test } from "vitest";
import { claimed, type Person, shareWishes } from "./bill.ts";

const person = (overrides: Partial<Person> = {}): Person => ({ key: 1, member: null, lines: {}, amountFen: null, ...overrides });

test("an even share says nothing but whose it is; by amounts the last takes the rest and never less than nothing", () => {
  const member = { id: "m1", memberNo: "1", name: "王小明" };
  expect(shareWishes("even", [person({ member, lines: { a: 1 }, amountFen: 5 }), person()], 100)).toEqual([{ memberId: "m1" }, {}]);
  expect(shareWishes("amounts", [person({ amountFen: 30 }), person({ amountFen: 1 })], 100)).toEqual([{ amountFen: 30 }, { amountFen: 70 }]);
  expect(shareWishes("amounts", [person({ amountFen: 130 }), person()], 100)).toEqual([{ amountFen: 130 }, { amountFen: 0 }]);
});

test("pressing a dish takes one more of it, and after all of it none", () => {
  const line = { lineId: "a", quantity: 2 };
  const once = claimed(person(), line);
  expect(once.lines).toEqual({ a: 1 });
  expect(claimed(once, line).lines).toEqual({ a: 2 });
  expect(claimed(claimed(once, line), line).lines).toEqual({});
  expect(shareWishes("dishes", [once, person()], 100)).toEqual([{ lines: { a: 1 } }, {}]);
});
