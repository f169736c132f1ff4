import { openLocal } from "../local.ts";
import { tellStory } from "../story.ts";
import { seedCrowd } from "./crowd.ts";

const USAGE = "npm run seed [-- --members <number> [--tenant <code>]]";
const SHOW_EVERY = 50_000;

interface Wish {
  members: number;
  brand: string;
}

function readArguments(args: readonly string[]): Wish {
  const wish: Wish = { members: 0, brand: "hotpot" };
  for (let at = 0; at < args.length; at += 2) {
    const [name, value] = [args[at], args[at + 1]];
    if (name === "--members" && /^\d{1,8}$/.test(value ?? "")) wish.members = Number(value);
    else if (name === "--tenant" && value) wish.brand = value;
    else throw new Error(`${USAGE}: not ${name} ${value ?? ""}`);
  }
  return wish;
}

const say = (line: string): void => console.log(`  ${line}`);

function progressOf(members: number): (done: number) => void {
  const startedAt = performance.now();
  return (done) => {
    const isTerminal = process.stdout.isTTY;
    if (!isTerminal && done % SHOW_EVERY !== 0 && done !== members) return;
    const seconds = (performance.now() - startedAt) / 1_000;
    const bar = "█".repeat(Math.floor((20 * done) / members)).padEnd(20, "░");
    const line = `  ${bar} ${done.toLocaleString("en")} / ${members.toLocaleString("en")} 会员 · members  ${Math.round(done / seconds).toLocaleString("en")}/s  剩余 · left ${Math.ceil((seconds / done) * (members - done))} s`;
    process.stdout.write(isTerminal ? `\r\u001b[2K${line}` : `${line}\n`);
    if (isTerminal && done === members) process.stdout.write("\n");
  };
}

async function main(): Promise<void> {
  const { members, brand } = readArguments(process.argv.slice(2));
  const { installation, close } = await openLocal(say);
  try {
    await tellStory(installation, say);
    if (members === 0) return say("演示故事已就绪 · the story has been told");
    const startedAt = performance.now();
    const { added, orders } = await seedCrowd(installation, { brand, members, onProgress: progressOf(members) });
    const seconds = (performance.now() - startedAt) / 1_000;
    if (added === 0) say("早已存在，没有变化 · already there, nothing changed");
    console.log(JSON.stringify({ bench: "seed", members, added, orders, seconds: Number(seconds.toFixed(1)), members_per_s: Math.round(added / seconds) }));
  } finally {
    await close();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
