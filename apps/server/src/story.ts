import { existsSync } from "node:fs";
import type { Installation } from "./installation.ts";

const SEED = new URL("./seed/index.ts", import.meta.url);
const MILESTONE = "story";
/** Any constant. */
const STORY_LOCK = 7_302_612;

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

/** Tells the story tenants into a sandbox, once, by one process; returns who can sign in to them. */
export async function tellStory(installation: Installation, say: (line: string) => void): Promise<readonly Login[]> {
  if (!existsSync(SEED)) return [];
  const seed = (await import(SEED.href)) as Seed;
  const teller = await installation.database.pool.connect();
  try {
    // A second process waits here until the first has told it, or has died: the lock ends with its connection.
    await teller.query("select pg_advisory_lock($1)", [STORY_LOCK]);
    const { rowCount } = await teller.query("select 1 from kernel.milestone where name = $1", [MILESTONE]);
    if (!rowCount) {
      say("写入演示故事 · telling the story of two brands and a platform");
      await seed.seedStory(installation);
      await teller.query("insert into kernel.milestone (name, at) values ($1, $2)", [MILESTONE, installation.database.clock()]);
    }
    await teller.query("select pg_advisory_unlock($1)", [STORY_LOCK]);
  } finally {
    teller.release();
  }
  return seed.logins ?? [];
}
