import { setTimeout as sleep } from "node:timers/promises";
import { startPostgres } from "./postgres/launcher.ts";
import { livePostmaster } from "./postgres/postmaster.ts";

export interface DatabaseLogins {
  /** For the application. */
  url: string;
  /** For migrations. */
  ownerUrl: string;
  stop(): Promise<void>;
}

const LOOK_MS = 500;

/** Runs the embedded Postgres and brings it back, on the same port, when somebody kills it. */
export async function keepPostgres(say: (line: string) => void): Promise<DatabaseLogins> {
  const first = await startPostgres({ log: say });
  let running = first;
  const ended = new AbortController();
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      await sleep(LOOK_MS);
      if (ended.signal.aborted || livePostmaster(first.dataDir)?.pid === running.pid) continue;
      say("数据库意外退出，正在恢复 · the database went away, bringing it back");
      try {
        running = await startPostgres({ dataDir: first.dataDir, port: first.port, log: say });
      } catch (error) {
        say(error instanceof Error ? error.message : String(error));
      }
    }
  };
  const watching = watch();
  return {
    url: first.url, ownerUrl: first.ownerUrl,
    stop: async () => {
      ended.abort();
      await watching;
      await running.stop();
    },
  };
}
