import type { FastifyInstance, FastifyRequest } from "fastify";
import type pg from "pg";
import { collectDefaultMetrics, Gauge, Histogram, type Registry } from "prom-client";
import { forbidden } from "../problem.ts";

const BUCKETS_S = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/**
 * /metrics for Prometheus: time by route and status, event loop lag, memory, the database pool; modules add theirs to the
 * registry. It names routes and loads, so it is answered to this machine only, and never through a proxy, unless the
 * operator opens it (`SHUKE_METRICS=open`) because something in front keeps strangers out.
 */
export function metrics(app: FastifyInstance, { pool, registry, isOpen }: { pool: pg.Pool; registry: Registry; isOpen: boolean }): void {
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: "http_request_duration_seconds", help: "Time to answer, by route and status", labelNames: ["method", "route", "status"], buckets: BUCKETS_S, registers: [registry],
  });
  poolGauges(pool, registry);
  app.addHook("onResponse", async (request, reply) => {
    seconds.observe({ method: request.method, route: request.routeOptions.url ?? "none", status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
  app.get("/metrics", { schema: { hide: true } }, async (request, reply) => {
    if (!isOpen && !isLocal(request)) throw forbidden({ detail: "Metrics are for this machine only" });
    return reply.type(registry.contentType).send(await registry.metrics());
  });
}

const isLocal = (request: FastifyRequest): boolean =>
  LOOPBACK.has(request.socket.remoteAddress ?? "") && request.headers["x-forwarded-for"] === undefined && request.headers["forwarded"] === undefined;

function poolGauges(pool: pg.Pool, registry: Registry): void {
  const gauge = (name: string, help: string, read: () => number) => new Gauge({
    name, help, registers: [registry],
    collect() {
      this.set(read());
    },
  });
  gauge("db_pool_connections", "Connections open", () => pool.totalCount);
  gauge("db_pool_idle", "Connections free", () => pool.idleCount);
  gauge("db_pool_waiting", "Requests that wait for a connection", () => pool.waitingCount);
}
