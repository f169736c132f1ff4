import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { Refusal } from "./progress.mjs";

// A compiler gives the reason first, npm buries it above its usage text.
const HEAD_LINES = 10;
const TAIL_LINES = 15;

/** Whatever ends us, an install or a build half-way does not run on by itself. */
const alive = new Set();
process.once("exit", () => {
  for (const child of alive) child.kill("SIGTERM");
});

/** Runs a program quietly to its end; a failure shows the end of what it said. */
export async function run(command, args, options = {}) {
  const { code, output, killed } = await capture(command, args, options);
  if (code === 0) return output;
  const lines = output.trimEnd().split("\n");
  const said = [...lines.slice(0, HEAD_LINES), ...lines.slice(HEAD_LINES).slice(-TAIL_LINES)].join("\n");
  const hint = /ENOSPC|no space left/i.test(output) ? "\n磁盘已满,请先清理空间。 The disk is full: free some space first." : "";
  throw new Refusal(`${[command, ...args].join(" ")} ${killed ? "took too long" : `ended with ${code}`}\n${said}${hint}`);
}

/** Runs a program and returns its code and everything it said, in the order it said it. */
export function capture(command, args, { limitMs, onText, ...options } = {}) {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], shell: needsShell(command), ...options });
    alive.add(child);
    const pieces = [];
    let killed = false;
    const hear = (piece) => {
      pieces.push(piece);
      onText?.(piece.toString());
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    const timer = limitMs === undefined ? undefined : setTimeout(() => (killed = child.kill("SIGKILL")), limitMs);
    child.once("error", fail);
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      alive.delete(child);
      settle({ code: code ?? signal, output: Buffer.concat(pieces).toString("utf8"), killed });
    });
  });
}

/** The environment for children: our Node first on the PATH, whichever one the machine has. */
export function environment(node, extra = {}) {
  const { FORCE_COLOR: _, ...inherited } = process.env;
  // Captured output is read in logs, where colour codes are noise.
  return { ...inherited, NO_COLOR: "1", PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ""}`, ...extra };
}

function needsShell(command) {
  return process.platform === "win32" && !/\.exe$/i.test(command);
}
