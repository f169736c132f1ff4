import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ensureCjkFont } from "./cjk-font.ts";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];
const APT_LIMIT_MS = 5 * 60_000;
/** Another apt-get may be at work: wait for it instead of giving up. */
const LOCK = "DPkg::Lock::Timeout=120";

/** Without a window, a GPU or a network: nothing may be fetched, and UDP is closed in many sandboxes. */
export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--lang=zh-CN",
];

/**
 * The path of a browser that starts, with a Chinese font, or null: `CHROMIUM_PATH`, then an installed
 * one, then Debian's package where we are root, then the one that came by npm.
 */
export async function findChromium(say: (line: string) => void = () => undefined): Promise<string | null> {
  const candidates = [() => process.env["CHROMIUM_PATH"], installed, () => fromApt(say), fromNpm];
  for (const candidate of candidates) {
    const path = await candidate();
    if (path === undefined || path === "" || !existsSync(path)) continue;
    const failure = startFailure(path);
    if (failure === null) {
      await ensureCjkFont(say);
      return path;
    }
    say(`${path} does not start: ${failure}`);
  }
  return null;
}

function installed(): string | undefined {
  return INSTALLED.find((path) => existsSync(path));
}

function fromApt(say: (line: string) => void): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  say("installing chromium and a Chinese font with apt-get …");
  const options = { stdio: "ignore", timeout: APT_LIMIT_MS, env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  try {
    execFileSync("apt-get", ["-o", LOCK, "update", "-qq"], options);
    execFileSync("apt-get", ["-o", LOCK, "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"], options);
    return installed();
  } catch (cause) {
    say(`apt-get could not: ${cause instanceof Error ? cause.message : String(cause)}`);
    return undefined;
  }
}

/**
 * Built for Lambda, whose images lack the NSS libraries: it carries them, but unpacks them only where
 * it believes to be there. What it changes in our environment is put back: Postgres must not load them.
 */
async function fromNpm(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const before = { ...process.env };
  process.env["AWS_LAMBDA_JS_RUNTIME"] = "nodejs24.x";
  try {
    const { default: chromium } = await import("@sparticuz/chromium");
    return await chromium.executablePath();
  } finally {
    process.env = before;
  }
}

/** The environment to run it in: with its own libraries when it is the one that npm brought. */
export function chromiumEnvironment(path: string): NodeJS.ProcessEnv {
  const libraries = join(tmpdir(), "al2023", "lib");
  return dirname(path) === tmpdir() && existsSync(libraries) ? { ...process.env, LD_LIBRARY_PATH: libraries } : process.env;
}

/** A binary may be there and yet miss its libraries; asking for its version tells. */
function startFailure(path: string): string | null {
  try {
    execFileSync(path, ["--headless", "--no-sandbox", "--version"], {
      stdio: ["ignore", "ignore", "pipe"], timeout: 30_000, env: chromiumEnvironment(path),
    });
    return null;
  } catch (cause) {
    return cause instanceof Error ? (cause.message.split("\n").at(1) ?? cause.message) : String(cause);
  }
}

if (process.argv[1] === import.meta.filename) {
  const path = await findChromium((line) => console.error(line));
  console.log(path ?? "");
}
