import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, test } from "vitest";
import { secureRandom } from "../entropy.ts";
import { createServer } from "./server.ts";

test("a request is logged by its path: what somebody searched for is not written down", async () => {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  const app = createServer({ log: pino({ level: "debug" }, stream), clock: () => new Date(), random: secureRandom(), trustProxy: false });
  const { statusCode } = await app.inject({ url: "/api/console/members?q=13900001001&limit=5" });
  await app.close();
  expect(statusCode).toBe(404);
  const told = lines.map((line) => JSON.parse(line) as { msg: string; url: string }).filter((line) => line.msg === "request");
  expect(told.map((line) => line.url)).toEqual(["/api/console/members"]);
  expect(lines.join("")).not.toContain("13900001001");
});
