import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const READY_TRIES = 600;
const TRY_EVERY_MS = 100;

/** The real server as a process of its own, so that it can be killed like one. */
export class RunningServer {
  readonly url: string;
  readonly #environment: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;

  constructor(port: number, environment: NodeJS.ProcessEnv) {
    this.url = `http://127.0.0.1:${port}`;
    this.#environment = { ...process.env, ...environment, PORT: String(port), SHUKE_LOG: "fatal", SHUKE_SEED: "none" };
  }

  async start(): Promise<void> {
    this.#child = spawn(process.execPath, [MAIN], { env: this.#environment, stdio: ["ignore", "ignore", "inherit"] });
    await this.ready();
  }

  async ready(): Promise<void> {
    for (let tries = 0; tries < READY_TRIES; tries++) {
      if (await fetch(`${this.url}/readyz`).then((reply) => reply.ok, () => false)) return;
      await sleep(TRY_EVERY_MS);
    }
    throw new Error("The server did not get ready");
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
}

export function freePort(): Promise<number> {
  return new Promise((found) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}
