import { existsSync } from "node:fs";
import type { Installation } from "./installation.ts";

const SEED = new URL("./seed/index.ts", import.meta.url);
const MILESTONE = "story";

export interface Login {
  brand: string;
  account: string;
  password: string;
  role: string;
}

interface Seed {
  /** Must be able to go on where an earlier call was killed. */
  seedStory(installation: Installation): Promise<unknown>;
  logins?: readonly Login[];
}

/** Tells the story tenants into an empty installation, once; returns who can sign in to them. */
export async function tellStory(installation: Installation, say: (line: string) => void): Promise<readonly Login[]> {
  if (!existsSync(SEED)) return [];
  const { database } = installation;
  const seed = (await import(SEED.href)) as Seed;
  const { rowCount } = await database.pool.query("select 1 from kernel.milestone where name = $1", [MILESTONE]);
  if (!rowCount) {
    say("写入演示故事 · telling the story of two brands");
    await seed.seedStory(installation);
    await database.pool.query("insert into kernel.milestone (name, at) values ($1, $2) on conflict do nothing", [MILESTONE, database.clock()]);
  }
  return seed.logins ?? [];
}
