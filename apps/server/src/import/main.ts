import { readConfig } from "../kernel/config.ts";
import { readArguments } from "./arguments.ts";
import { importFile, type ImportResult } from "./importer.ts";
import { reachLocalServer } from "./local-server.ts";
import { isWrongUse } from "./wrong-use.ts";

const KILOBYTES = 1_024;

/** Runs `npm run import:orders`; the last line is for machines. */
async function main(): Promise<void> {
  const settings = readArguments(process.argv.slice(2), process.env["INIT_CWD"] ?? process.cwd(), readConfig(process.env).SHUKE_DATA_DIR);
  const local = settings.target ? undefined : await reachLocalServer(settings, (line) => console.log(`  ${line}`));
  const summary: string[] = [];
  try {
    const target = settings.target ?? { url: local?.url ?? "", key: local?.brand.key ?? "" };
    if (local) console.log(`  ${local.url} · ${settings.brand} · 密钥与登录 · key and login: ${local.brand.file}`);
    summary.push(...summaryOf(await importFile(settings, target)));
  } finally {
    await local?.close();
  }
  for (const line of summary) console.log(line);
}

function summaryOf(result: ImportResult): string[] {
  const { rows, recorded, unchanged, refused } = result;
  process.exitCode = result.agrees ? 0 : 1;
  // Everything since the program started: its own server and database too, where it had to start them.
  const seconds = performance.now() / 1_000;
  return [
    ...(recorded === 0 && refused === 0 ? [`  没有变化,全部 ${unchanged} 单早已入账 · nothing changed: all ${unchanged} orders were there`] : []),
    ...(result.agrees ? [] : ["  ✗ 核对不一致 · the books do not agree with the file"]),
    JSON.stringify({
      bench: "import", rows, seconds: Number(seconds.toFixed(1)), rows_per_s: Math.round(rows / seconds),
      peak_rss_mb: Math.round(process.resourceUsage().maxRSS / KILOBYTES), recorded, unchanged, matches_expected: result.matchesExpected,
    }),
  ];
}

try {
  await main();
} catch (error) {
  console.error(isWrongUse(error) ? error.message : error);
  process.exitCode = isWrongUse(error) ? 2 : 1;
}
