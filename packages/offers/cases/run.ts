import { readFileSync } from "node:fs";
import { runCartCase } from "./cart-expect.ts";
import type { Case, Outcome } from "./case.ts";
import { Unsupported, difference } from "./case.ts";
import { answerTo } from "./family.ts";
import { SETTINGS, settingsBothWays } from "./setting.ts";
import type { Settings } from "./setting.ts";

/**
 * One case through the engine. Never throws: an engine that does is a failed case. Where the source's behaviour is a merchant's choice
 * ("decide"), each setting is tried both ways, and the outcome names the one that makes the case true.
 */
export function runCase(one: Case): Outcome {
  const first = runWith(one, SETTINGS);
  if (one.portability !== "decide" || first.result !== "failed") return first;
  for (const { settings, changed } of settingsBothWays()) {
    if (changed !== null && runWith(one, settings).result === "passed") return { result: "passed", setting: changed };
  }
  return first;
}

export function runWith(one: Case, settings: Settings): Outcome {
  try {
    if ("lines" in one.given) return runCartCase(one, settings);
    const answer = answerTo(one, settings);
    for (const [word, expected] of Object.entries(one.expect)) {
      const why = difference(word, answer[word], expected);
      if (why !== null) return { result: "failed", why };
    }
    return { result: "passed" };
  } catch (error) {
    if (error instanceof Unsupported) return { result: "skipped", why: `unsupported: ${error.message}` };
    return { result: "failed", why: String(error) };
  }
}

/** Reads a file of cases: `{ cases: [...] }` or a bare list. Throws when it is neither. */
export function readCases(path: string): Case[] {
  const content = JSON.parse(readFileSync(path, "utf8")) as { cases?: Case[] } | Case[];
  const cases = Array.isArray(content) ? content : content.cases;
  if (!Array.isArray(cases)) throw new Error(`${path}: no list of cases`);
  return cases;
}

function main(path: string | undefined): number {
  if (path === undefined) {
    console.error("usage: npm run cases -- <file.json>");
    return 2;
  }
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const one of readCases(path)) {
    const outcome = runCase(one);
    counts[outcome.result]++;
    console.log(`${outcome.result} ${one.id}${one.kind ? ` (${one.kind})` : ""}${"why" in outcome ? `: ${outcome.why}` : outcome.setting ? ` with ${outcome.setting}` : ""}`);
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = main(process.argv[2]);
