import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readConfig, type Config } from "../kernel/config.ts";
import { parseRing, ringKeyService } from "../kernel/crypto/keyring.ts";
import { startPostgres } from "../postgres/launcher.ts";
import { rewrapWith, rotateKeys } from "./rotate.ts";

/** Runs `npm run keys:rotate`, beside servers that run or without one. */
async function main(config: Config): Promise<void> {
  const file = resolve(join(config.SHUKE_DATA_DIR, "keyring.json"));
  if (!config.SHUKE_KEYRING && !existsSync(file)) {
    console.error(`✗ 没有 ${file}：先启动一次服务，或检查 SHUKE_DATA_DIR。\n  There is no ${file}: start the server once, or check SHUKE_DATA_DIR.`);
    process.exitCode = 1;
    return;
  }
  const embedded = config.DATABASE_URL ? undefined : await startPostgres({ log: (line) => console.log(`  ${line}`) });
  const url = config.DATABASE_URL ?? embedded?.url ?? "";
  try {
    const { current, rewrapped } = config.SHUKE_KEYRING
      ? await rewrapWith(ringKeyService(parseRing(config.SHUKE_KEYRING)), url) : await rotateKeys(file, url);
    console.log(`  密钥 · key ${current}${config.SHUKE_KEYRING ? "" : ` (${file})`}: 重新封装 ${rewrapped} 把数据密钥 · ${rewrapped} data keys wrapped again`);
  } finally {
    // One that ran before belongs to its server.
    if (embedded && !embedded.adopted) await embedded.stop();
  }
}

await main(readConfig(process.env));
