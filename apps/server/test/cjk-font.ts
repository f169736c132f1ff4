import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";

// Whole fonts as .ttf; the web font packages are cut into a hundred pieces that fontconfig cannot put together.
const PACKAGE = "@expo-google-fonts/noto-sans-sc";
const VERSION = "0.4.3";
const FACE = "400Regular/NotoSansSC_400Regular.ttf";
const CACHE = resolve(import.meta.dirname, "../../../.cache/font");
const INSTALL_LIMIT_MS = 120_000;

/** Without a Chinese font every screenshot shows boxes. Fetched by npm, only by tests, only once. */
export async function ensureCjkFont(say: (line: string) => void): Promise<void> {
  if (process.platform !== "linux" || hasChineseFont()) return;
  const target = join(homedir(), ".local/share/fonts", "NotoSansSC-Regular.ttf");
  if (existsSync(target)) return;
  say(`installing a Chinese font for screenshots (${PACKAGE}) …`);
  try {
    mkdirSync(CACHE, { recursive: true });
    const args = ["install", "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", CACHE, `${PACKAGE}@${VERSION}`];
    execFileSync("npm", args, { stdio: "ignore", timeout: INSTALL_LIMIT_MS });
    mkdirSync(join(target, ".."), { recursive: true });
    copyFileSync(join(CACHE, "node_modules", PACKAGE, FACE), target);
  } catch (cause) {
    say(`no Chinese font could be had, screenshots will show boxes: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

function hasChineseFont(): boolean {
  try {
    return execFileSync("fc-list", [":lang=zh"], { encoding: "utf8" }).trim() !== "";
  } catch {
    return existsSync("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
  }
}
