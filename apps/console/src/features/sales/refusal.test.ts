import { expect, it } from "vitest";
import { tellingOf } from "./refusal.ts";

const records = ["a", "b", "c", "d", "e"].map((id) => ({ id, title: `线索 ${id}` }));

it("names what was refused by its reason, the commonest first, with whose it is and until when", () => {
  const telling = tellingOf(records, [
    { recordId: "a", outcome: "moved" },
    { recordId: "b", outcome: "refused", code: "cooling-down", until: "2026-12-01T00:00:00Z" },
    { recordId: "c", outcome: "refused", code: "taken", owner: { id: "1", name: "李雷" } },
    { recordId: "d", outcome: "refused", code: "taken", owner: { id: "2", name: "韩梅梅" } },
    { recordId: "e", outcome: "unchanged" },
  ]);
  expect(telling).toEqual({
    moved: 1, unchanged: 1,
    refusals: [
      { code: "taken", records: [{ title: "线索 c", owner: "李雷", until: null }, { title: "线索 d", owner: "韩梅梅", until: null }] },
      { code: "cooling-down", records: [{ title: "线索 b", owner: null, until: "2026-12-01T00:00:00Z" }] },
    ],
  });
});

it("says nothing of refusals where all went through", () => {
  expect(tellingOf(records, [{ recordId: "a", outcome: "moved" }])).toEqual({ moved: 1, unchanged: 0, refusals: [] });
});
