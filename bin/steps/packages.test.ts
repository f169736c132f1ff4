import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isInstalled } from "./packages.mjs";

let folder: string;
const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "shuke-packages-"));
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(
    join(folder, "package-lock.json"),
    lock({ "": {}, "node_modules/pg": { version: "8.0.0" }, "node_modules/only-on-mac": { version: "1.0.0", optional: true }, "node_modules/here": { link: true } }),
  );
});

afterEach(() => rmSync(folder, { recursive: true }));

function installed(packages: object): void {
  writeFileSync(join(folder, "node_modules/.package-lock.json"), lock(packages));
}

describe("installed packages", () => {
  test("are complete without those of other platforms", () => {
    installed({ "node_modules/pg": { version: "8.0.0" } });
    expect(isInstalled(folder)).toBe(true);
  });

  test("are not complete when npm was interrupted", () => {
    expect(isInstalled(folder)).toBe(false);
  });

  test("are stale when the lockfile names another version", () => {
    installed({ "node_modules/pg": { version: "7.0.0" } });
    expect(isInstalled(folder)).toBe(false);
  });
});
