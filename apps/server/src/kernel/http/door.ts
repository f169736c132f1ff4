import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Database } from "../db/database.ts";
import type { FieldError } from "../problem.ts";
import { boundTo, demand, type Caller } from "../scope.ts";
import { claimKey, keepReply, readKey } from "./idempotency.ts";
import { callerRateLimit, type RateLimit } from "./rate-limit.ts";
import { Accepted, type Audience, type Exchange, type Input, type Route } from "./route.ts";
import { hotCheck, refuseInvalid, zodCheck, type Check } from "./shape.ts";
import { problemDocument } from "./wire.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The body as it came, for hashing and signatures. */
    rawBody: Buffer | undefined;
  }
}

interface Checks {
  params: Check | undefined;
  query: Check | undefined;
  body: Check | undefined;
  reply: Check | undefined;
  accepted: Check | undefined;
}

/** `/quotes/{orderId}:commit` → `/quotes/:orderId/~commit`: the router reads a second colon as a second parameter. */
export const routerPath = (path: string): string => path.replace(/:([a-z-]+)$/, "/~$1").replaceAll(/\{(\w+)\}/g, ":$1");

/** The same on the way in, for `rewriteUrl`. */
export const routerUrl = (url: string): string => url.replace(/^([^?]*):([a-z-]+)(?=\?|$)/, "$1/~$2");

const EMPTY = Buffer.alloc(0);
const ANONYMOUS = { kind: "anonymous" } as const;

/** Mounts one audience's routes: authenticate, permission, validate, run, present. */
export function mount(app: FastifyInstance, audience: Audience, database: Database): void {
  const limit = callerRateLimit(app);
  for (const route of audience.routes) {
    if (!route.can) throw new Error(`${route.method} ${audience.prefix}${route.path} declares no permission`);
    const compile = route.hot ? hotCheck : zodCheck;
    const checks: Checks = {
      params: route.params && compile(route.params), query: route.query && zodCheck(route.query),
      body: route.body && compile(route.body), reply: route.reply && compile(route.reply),
      accepted: route.accepted && zodCheck(route.accepted),
    };
    app.route({
      method: route.method, url: audience.prefix + routerPath(route.path),
      schema: documentation(audience, route),
      // Both are done here, with our problem documents; the schemas above are for the reference.
      validatorCompiler: () => () => true,
      serializerCompiler: () => (body) => String(body),
      ...(route.maxBodyBytes ? { bodyLimit: route.maxBodyBytes } : {}),
      ...(route.perMinute && route.can === "public" ? { config: { rateLimit: { max: route.perMinute, timeWindow: "1 minute" } } } : {}),
      handler: (request, reply) => answer({ audience, route, checks, database, limit }, request, reply),
    });
  }
}

/** What the published documents say of a route; nothing here decides anything. */
function documentation(audience: Audience, route: Route): Record<string, unknown> {
  return {
    summary: route.summary, tags: [route.path.split(/[/:{]/)[1] ?? "misc"], description: whoMay(audience, route),
    ...(route.params ? { params: route.params } : {}), ...(route.query ? { querystring: route.query } : {}),
    ...(route.body ? { body: route.body } : {}), ...(route.idempotent ? { headers: idempotencyHeader } : {}),
    response: { ...success(route), default: refusal },
    ...(route.can === "public" ? { security: [] } : { security: [{ [audience.name]: [] }] }),
  };
}

const nothing = z.null().meta({ description: "Done; there is nothing to say" });
const stream = { description: "Server-sent events, until one side ends them", content: { "text/event-stream": { schema: z.string() } } };
const idempotencyHeader = z.object({ "idempotency-key": z.string().min(8).max(128).describe("Yours, new for each wish. The same key and body again get the first answer, with `Idempotency-Hit: true`.") });
const refusal = { description: "A problem document (RFC 9457)", content: { "application/problem+json": { schema: problemDocument } } };

/** Who reads and gets no shape gets a stream. */
function success({ method, reply, status, accepted }: Route): Record<number, unknown> {
  if (reply) return { [status ?? 200]: reply, ...(accepted ? { 202: accepted } : {}) };
  return method === "GET" ? { 200: stream } : { [status ?? 204]: nothing };
}

function whoMay({ name }: Audience, { can }: Route): string {
  if (can === "public") return "Nobody needs to be signed in.";
  if (can === "signed-in") return "For everybody who is signed in.";
  return name === "open" ? `The key needs the scope \`${can}\`.` : `Needs the permission \`${can}\`.`;
}

interface Doorway {
  audience: Audience;
  route: Route;
  checks: Checks;
  database: Database;
  limit: RateLimit;
}

async function answer({ audience, route, checks, database, limit }: Doorway, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const known: Caller = route.can === "public"
    ? { tenantId: "", actor: ANONYMOUS, from: { ip: request.ip, requestId: request.id } }
    : await audience.authenticate(request);
  await limit(known, route, request, reply);
  if (route.can !== "public" && route.can !== "signed-in") demand(known.actor, route.can);
  const caller = boundTo(known, route.can);
  const input = readInput(checks, request);
  const exchange: Exchange = {
    request, reply,
    idempotencyKey: route.idempotent ? keyOf(caller, readKey(request.headers["idempotency-key"])) : "",
    bodyHash: route.idempotent ? createHash("sha256").update(request.rawBody ?? EMPTY).digest() : EMPTY,
  };
  if (route.handle) {
    const result = await route.handle(caller, input, exchange);
    return reply.sent ? reply : send(reply, present(checks, route, result));
  }
  const run = route.run;
  if (!run) throw new Error("A route needs run or handle");
  return database.inScope(caller, async (scope) => {
    const operation = `${route.method} ${request.url}`;
    if (route.idempotent) {
      const kept = await claimKey(scope, operation, exchange.idempotencyKey, exchange.bodyHash);
      if (kept) return { ...kept, hit: true };
    }
    const shown = present(checks, route, await run(scope, input, exchange));
    if (route.idempotent) keepReply(scope, exchange.idempotencyKey, { status: shown.status, body: shown.body ?? "" });
    return { ...shown, hit: false };
  }).then(({ hit, ...shown }) => {
    if (hit) reply.header("idempotency-hit", "true");
    return send(reply, shown);
  });
}

/** Members choose their keys without knowing of each other's, at the same addresses; a tenant's tills and systems answer for theirs together. */
const keyOf = ({ actor }: Caller, key: string): string =>
  (actor.kind === "member" ? createHash("sha256").update(`${actor.memberId}/${key}`).digest("hex") : key);

function readInput(checks: Checks, request: FastifyRequest): Input<never, never, never> {
  const errors: FieldError[] = [];
  const input = {
    params: checks.params?.(request.params, "", errors), query: checks.query?.(request.query, "", errors),
    body: checks.body?.(request.body ?? {}, "", errors),
  };
  refuseInvalid(errors);
  return input as Input<never, never, never>;
}

interface Shown {
  status: number;
  body: string | undefined;
}

/** Serialises inside the transaction, so that a reply against its own schema rolls back instead of lying. */
function present(checks: Checks, { status }: Route, result: unknown): Shown {
  const [check, answer, code] = result instanceof Accepted ? [checks.accepted, result.body, 202] : [checks.reply, result, status ?? 200];
  if (!check) return { status: status ?? 204, body: undefined };
  const errors: FieldError[] = [];
  const shown = check(answer, "", errors);
  if (errors.length > 0) throw new Error(`The reply does not fit its schema: ${JSON.stringify(errors)}`);
  return { status: code, body: JSON.stringify(shown) };
}

function send(reply: FastifyReply, { status, body }: Shown): FastifyReply {
  if (body === undefined) return reply.code(status).send();
  return reply.code(status).type("application/json; charset=utf-8").send(body);
}
