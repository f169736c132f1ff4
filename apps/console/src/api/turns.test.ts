import { expect, it } from "vitest";
import { Turns } from "./turns.ts";

it("a task begins when the one before it has ended, however it ended; one given up meanwhile never begins", async () => {
  const turns = new Turns();
  const told: string[] = [];
  const { promise, reject } = Promise.withResolvers<string>();
  const given = new AbortController();
  const kept = new AbortController();
  const first = turns.take(() => { told.push("first"); return promise; }, kept.signal);
  const second = turns.take(async () => told.push("second"), given.signal);
  const third = turns.take(async () => told.push("third"), kept.signal);
  given.abort();
  await Promise.resolve();
  expect(told).toEqual(["first"]);
  reject(new Error("no answer"));
  await expect(first).rejects.toThrow("no answer");
  await expect(second).rejects.toThrow("aborted");
  await third;
  expect(told).toEqual(["first", "third"]);
});
