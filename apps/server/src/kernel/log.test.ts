import { expect, it } from "vitest";
import { createLog } from "./log.ts";

it("says of an error what helps and leaves out the data it carries", () => {
  const lines: string[] = [];
  const log = createLog("info", { write: (line: string) => void lines.push(line) });
  const refused = Object.assign(new Error("null value in column \"state\""), {
    code: "23502", severity: "ERROR", table: "member", detail: "Failing row contains (王小明, 13812345678)", client: { secretKey: 4711, password: "hunter2" },
  });
  log.error({ err: new Error("the order was not written", { cause: refused }), phone: "13812345678" }, "a job failed");
  expect(JSON.parse(lines[0]!)).toMatchObject({ phone: "[redacted]", err: { message: "the order was not written", cause: { reason: "23502", table: "member", severity: "ERROR" } } });
  expect(lines.join("")).not.toMatch(/王小明|13812345678|4711|hunter2/);
});
