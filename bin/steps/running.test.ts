import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";

// The module reads it when it is loaded.
const home = mkdtempSync(join(tmpdir(), "shuke-running-"));
process.env["SHUKE_DATA_DIR"] = home;
const { claim, release, requireFreePort } = await import("./running.mjs");
const record = join(home, "running.json");
const children: ChildProcess[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  }
  rmSync(record, { force: true });
});

async function processNamed(script: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["-e", "console.log('up'); setTimeout(() => {}, 60000)", script]);
  children.push(child);
  await once(child.stdout, "data");
  return child;
}

describe("the record of a running server", () => {
  test("refuses a second start and gives the address", async () => {
    const starter = await processNamed("start.mjs");
    writeFileSync(record, JSON.stringify({ starter: starter.pid, port: 8123 }));
    await expect(claim(8080)).rejects.toThrow(/http:\/\/127\.0\.0\.1:8123\//);
  });

  test("is stale when its number belongs to another program", async () => {
    const bystander = await processNamed("editor.mjs");
    writeFileSync(record, JSON.stringify({ starter: bystander.pid, port: 8123 }));
    await claim(8080);
    expect(JSON.parse(readFileSync(record, "utf8"))).toEqual({ starter: process.pid, port: 8080 });
  });

  test("is stale when it is damaged", async () => {
    writeFileSync(record, "{");
    await claim(8080);
    expect(existsSync(record)).toBe(true);
  });

  test("leads to the server that a killed starter left behind, which is stopped", async () => {
    const server = await processNamed("main.ts");
    writeFileSync(record, JSON.stringify({ starter: 2 ** 22 - 1, port: 8123, server: server.pid }));
    await claim(8080);
    expect(server.signalCode ?? server.exitCode ?? (await once(server, "exit"))[1]).toBe("SIGTERM");
  });

  test("goes with its owner only", async () => {
    writeFileSync(record, JSON.stringify({ starter: 1, port: 8123 }));
    release();
    expect(existsSync(record)).toBe(true);
  });
});

test("a busy port is refused with the next one as a hint", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  await expect(requireFreePort(port)).rejects.toThrow(`PORT=${port + 1} npm start`);
  server.close();
});
