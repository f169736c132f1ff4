import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { CACHE, CHECKOUT } from "./checkout.mjs";
import { environment } from "./child.mjs";
import { installPackages, ownNode } from "./packages.mjs";
import { bold, faint, green, red, Refusal, seconds, yellow } from "./progress.mjs";
import { stagesFor } from "./stages.mjs";

const AT_ONCE = 2;

/** Runs every stage, also after one has failed, and ends with the one line that counts. */
export async function test(args) {
  const began = Date.now();
  if (await installPackages(CHECKOUT)) console.log(`installed packages ${faint(seconds(began))}`);
  const node = ownNode();
  mkdirSync(CACHE, { recursive: true });
  const stages = chosen(stagesFor(node, environment(node, { CI: process.env.CI ?? "true" })), args);
  for (const stage of stages) rmSync(join(CACHE, `${stage.name}-results.json`), { force: true });
  const outcomes = [];
  for (const wave of new Set(stages.map((stage) => stage.wave))) {
    const queue = stages.filter((stage) => stage.wave === wave);
    const workers = Array.from({ length: wave === 1 ? AT_ONCE : 1 }, async () => {
      for (let stage = queue.shift(); stage !== undefined; stage = queue.shift()) outcomes.push(await outcomeOf(stage));
    });
    await Promise.all(workers);
  }
  return summary(outcomes, began);
}

function chosen(stages, args) {
  const only = args.find((arg) => arg.startsWith("--only="))?.slice("--only=".length).split(",");
  const unknown = only?.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined) throw new Refusal(`There is no stage "${unknown}". Stages: ${stages.map((stage) => stage.name).join(", ")}`);
  return stages.filter(({ name, needs }) => (only === undefined || only.includes(name)) && (needs === undefined || existsSync(join(CHECKOUT, needs))));
}

async function outcomeOf(stage) {
  const from = Date.now();
  const result = await stage.run().catch((error) => ({ ok: false, output: error.message }));
  const mark = result.skipped ? yellow("skip") : result.ok ? green("ok  ") : red("FAIL");
  console.log(`${mark} ${bold(stage.name)} ${faint(seconds(from))}`);
  if ((!result.ok || result.skipped) && result.output !== "") console.log(result.output.trimEnd());
  return { ...result, name: stage.name };
}

/** A stage that fails without failing tests, such as lint, counts as one failure: "0 failed" must mean it. */
function summary(outcomes, began) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { ok, results } of outcomes) {
    total.passed += results?.passed ?? 0;
    total.skipped += results?.skipped ?? 0;
    total.failed += ok ? 0 : Math.max(1, results?.failed ?? 0);
  }
  const bad = outcomes.filter(({ ok }) => !ok).map(({ name }) => name);
  console.log(`\n${bad.length === 0 ? green("every stage is green") : red(`failed: ${bad.join(", ")}`)} ${faint(seconds(began))}`);
  console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`);
  return total.failed === 0;
}
