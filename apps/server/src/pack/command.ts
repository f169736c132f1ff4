import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { Problem } from "../kernel/problem.ts";
import { packSections } from "../app.ts";
import { openLocal } from "../local.ts";
import { applyPack, listRuns, planFile, rollBackPack, shippedPacks, type Step } from "../modules/objects/index.ts";

const USAGE = `npm run pack -- plan|apply <file or name of a shipped pack> [--demo] [--without coupons.满200减30]… [--tenant hotpot]
npm run pack -- rollback <name of the pack> [--tenant hotpot]
  ${shippedPacks.map((pack) => `${pack.pack}: ${pack.name}`).join("\n  ")}`;
const SIGNS = { create: "+", change: "~", same: "=", leave: "-", keep: "≠", conflict: "✗" } as const;
const say = (line: string): void => console.log(line);

const fileOf = async (name: string): Promise<string> =>
  shippedPacks.find((pack) => pack.pack === name)?.file ?? readFile(resolve(process.env["INIT_CWD"] ?? process.cwd(), name), "utf8");

function show(step: Step): void {
  say(`  ${SIGNS[step.action]} ${step.what} ${step.of}${step.key ? `.${step.key}` : ""}${step.note ? ` (${step.note})` : ""}`);
  for (const { name, before, after } of step.changes) say(`      ${name}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`);
}

/** Runs `npm run pack`: what a business-line pack would do, done, and taken back, for whoever runs the installation. */
async function main(): Promise<void> {
  const { values, positionals: [verb, name] } = parseArgs({ allowPositionals: true, options: { tenant: { type: "string", default: "hotpot" }, demo: { type: "boolean", default: false }, without: { type: "string", multiple: true, default: [] } } });
  if (!name || !["plan", "apply", "rollback"].includes(verb ?? "")) throw new Error(USAGE);
  const { installation: { database }, close } = await openLocal((line) => say(`  ${line}`));
  try {
    const { id: tenantId } = await database.tenants.byCode(values.tenant);
    const wish = { file: verb === "rollback" ? "" : await fileOf(name), withDemo: values.demo, without: values.without };
    await database.inScope({ tenantId, actor: { kind: "system", name: "pack" } }, async (scope) => {
      if (verb === "rollback") {
        const run = (await listRuns(scope)).find((one) => one.pack === name && one.rolledBackAt === null);
        if (!run) throw new Error(`没有已应用的 ${name} · ${name} is not applied`);
        const kept = await rollBackPack(scope, packSections, run.id);
        return say(kept.length > 0 ? `保留并归档 · kept and archived: ${kept.join(", ")}` : "已回滚 · rolled back");
      }
      const plan = await planFile(scope, packSections, wish);
      for (const step of plan.steps) show(step);
      const todo = plan.steps.filter((step) => step.action === "create" || step.action === "change" || step.action === "conflict").length;
      if (verb === "plan" || todo === 0) return say(todo === 0 ? "没有变化 · nothing to do" : `${plan.name} v${plan.version}: ${todo} 步 · steps`);
      await applyPack(scope, packSections, wish);
      return say("已应用 · applied");
    });
  } finally {
    await close();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  if (error instanceof Problem) for (const { field, message } of error.extra.errors ?? []) console.error(`  ${field}: ${message}`);
  process.exitCode = 1;
}
