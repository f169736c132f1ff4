import { chromium, type Browser } from "playwright-core";
import { inject } from "vitest";
import { CHROMIUM_FLAGS, chromiumEnvironment } from "./chromium.ts";

/** A browser for one test file; close it in `afterAll`. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = inject("chromiumPath");
  return chromium.launch({ executablePath, args: CHROMIUM_FLAGS, headless: true, env: chromiumEnvironment(executablePath) });
}
