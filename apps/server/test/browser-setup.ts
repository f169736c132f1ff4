import type { TestProject } from "vitest/node";
import { findChromium } from "./chromium.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A Chromium that starts. */
    chromiumPath: string;
  }
}

/** Found once for all browser tests; without one they fail here rather than pass unseen. */
export default async function setup(project: TestProject): Promise<void> {
  const path = await findChromium((line) => console.error(line));
  if (path === null) throw new Error("No Chromium could be had. Install one, or set CHROMIUM_PATH.");
  project.provide("chromiumPath", path);
}
