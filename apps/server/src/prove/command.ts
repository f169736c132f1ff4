import { readConfig } from "../kernel/config.ts";
import { startPostgres } from "../postgres/launcher.ts";
import { derivedInvariants, invariants } from "./invariants.ts";
import { prove, type Finding } from "./prove.ts";

const EXAMPLES = 3;

/** The database that DATABASE_URL names, or this checkout's own, started for the time of the proof where it does not run. */
async function reachOwner(): Promise<{ url: string; stop(): Promise<void> }> {
  const { DATABASE_URL } = readConfig(process.env);
  if (DATABASE_URL) return { url: DATABASE_URL, stop: async () => {} };
  const postgres = await startPostgres({ log: (line) => console.log(`  ${line}`) });
  return { url: postgres.ownerUrl, stop: postgres.adopted ? async () => {} : postgres.stop };
}

function show({ name, broken, examples, seconds }: Finding): void {
  console.log(`  ${broken === 0 ? "✓" : "✗"} ${name}  ${seconds.toFixed(2)} s${broken === 0 ? "" : `  ${broken.toLocaleString("en")} 处 · broken`}`);
  for (const example of examples.slice(0, EXAMPLES)) console.log(`      ${JSON.stringify(example)}`);
}

/** Runs `npm run prove`: ends with 1 when anything is broken; the last line is for machines. */
async function main(): Promise<void> {
  const owner = await reachOwner();
  try {
    const findings = await prove(owner.url, show, [...invariants, ...derivedInvariants]);
    const broken = findings.filter((finding) => finding.broken > 0);
    const seconds = findings.reduce((sum, finding) => sum + finding.seconds, 0);
    console.log(JSON.stringify({ bench: "prove", invariants: findings.length, broken: broken.length, seconds: Number(seconds.toFixed(2)) }));
    process.exitCode = broken.length === 0 ? 0 : 1;
  } finally {
    await owner.stop();
  }
}

await main();
