import { join } from "node:path";
import { readConfig } from "../kernel/config.ts";
import { parseRing, ringKeyService } from "../kernel/crypto/keyring.ts";
import { startPostgres } from "../postgres/launcher.ts";
import { rewrapWith, rotateKeys } from "./rotate.ts";

/** Runs `npm run keys:rotate`, beside a server that runs or without one. */
const config = readConfig(process.env);
const embedded = config.DATABASE_URL ? undefined : await startPostgres({ log: (line) => console.log(`  ${line}`) });
const url = config.DATABASE_URL ?? embedded?.url ?? "";
try {
  const file = join(config.SHUKE_DATA_DIR, "keyring.json");
  const { current, rewrapped } = config.SHUKE_KEYRING
    ? await rewrapWith(ringKeyService(parseRing(config.SHUKE_KEYRING)), url) : await rotateKeys(file, url);
  console.log(`  密钥 · key ${current}${config.SHUKE_KEYRING ? "" : ` (${file})`}: 重新封装 ${rewrapped} 把数据密钥 · ${rewrapped} data keys wrapped again`);
} finally {
  // One that ran before belongs to its server.
  if (embedded && !embedded.adopted) await embedded.stop();
}
