import type { FastifyInstance } from "fastify";
import type pg from "pg";
import { migrationNames } from "../db/migrate.ts";

const PATIENCE_MS = 2_000;

/** /healthz: the process answers. /readyz: the database does too, and has every migration this server brings along. */
export function health(app: FastifyInstance, pool: pg.Pool): void {
  const hidden = { schema: { hide: true } } as const;
  app.get("/healthz", hidden, async () => ({ status: "ok" }));
  app.get("/readyz", hidden, async (_request, reply) => {
    const reason = await Promise.race([whyNotReady(pool), patience()]);
    return reply.code(reason ? 503 : 200).send(reason ? { status: "not-ready", reason } : { status: "ready" });
  });
}

async function whyNotReady(pool: pg.Pool): Promise<string | undefined> {
  try {
    const { rows } = await pool.query<{ name: string }>("select name from kernel.migration");
    const applied = new Set(rows.map((row) => row.name));
    const missing = (await migrationNames()).filter((name) => !applied.has(name));
    return missing.length > 0 ? `migrations are missing: ${missing.join(", ")}` : undefined;
  } catch {
    return "the database does not answer";
  }
}

const patience = (): Promise<string> => new Promise((settle) => setTimeout(settle, PATIENCE_MS, "the database does not answer").unref());
