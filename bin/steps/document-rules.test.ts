import { expect, test } from "vitest";
import { documentBreaches } from "./document-rules.mjs";

const long = { type: "object", properties: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`field${n}`, { type: "string", maxLength: 100 }])) };
const short = { type: "object", properties: { id: { type: "string" } } };

test("a long shape stands once in a document, a short one as often as it likes", () => {
  expect(documentBreaches("a.json", JSON.stringify({ paths: { "/one": long, "/two": { ...long, required: ["field1"] }, "/three": short, "/four": short } }))).toEqual([]);
  expect(documentBreaches("a.json", JSON.stringify({ paths: { "/one": long, "/two": { reply: long } } })))
    .toEqual([expect.stringMatching(/^a\.json:1: \d+ bytes stand at \/paths\/\/one and again at \/paths\/\/two\/reply/)]);
});

test("a document that has grown heavy is refused", () => {
  expect(documentBreaches("a.json", JSON.stringify({ paths: "x".repeat(600_000) }))).toEqual([expect.stringMatching(/over 600000/)]);
});
