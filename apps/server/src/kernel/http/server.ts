import cookie from "@fastify/cookie";
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import type { Random } from "../ids.ts";
import { uuidv7 } from "../ids.ts";
import type { Log } from "../log.ts";
import { malformed, notFound } from "../problem.ts";
import { routerUrl } from "./door.ts";
import { replyProblem } from "./replies.ts";

const MAX_BODY_BYTES = 1_048_576;
const SLOW_MS = 1_000;
const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

export interface ServerOptions {
  log: Log;
  clock: () => Date;
  random: Random;
  trustProxy: boolean;
}

/** The bare HTTP server: body limits, JSON, request ids, problem documents. */
export function createServer({ log, clock, random, trustProxy }: ServerOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: log as FastifyBaseLogger, logController: new LogController({ disableRequestLogging: true }), trustProxy, bodyLimit: MAX_BODY_BYTES,
    keepAliveTimeout: 65_000, requestTimeout: 60_000, routerOptions: { maxParamLength: 128 },
    rewriteUrl: (request) => {
      // WeChat's mini programs cannot send PATCH.
      if (request.method === "POST" && request.headers["x-http-method-override"] === "PATCH") request.method = "PATCH";
      return routerUrl(request.url ?? "/");
    },
    genReqId: (request) => {
      const given = request.headers["x-request-id"];
      return typeof given === "string" && REQUEST_ID.test(given) ? given : uuidv7(clock(), random);
    },
  });
  app.register(cookie);
  app.decorateRequest("rawBody", undefined);
  app.decorateRequest("quota", undefined);
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    request.rawBody = body;
    if (body.length === 0) return done(null, undefined);
    try {
      done(null, parseJson(body.toString("utf8")));
    } catch (error) {
      done(malformed({ detail: error instanceof Error ? error.message : "not JSON" }));
    }
  });
  // Pieces of files; whoever takes them reads `rawBody`, for every other route there is no body.
  app.addContentTypeParser("application/octet-stream", { parseAs: "buffer" }, (request, body: Buffer, done) => {
    request.rawBody = body;
    done(null, undefined);
  });
  app.addHook("onSend", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  app.addHook("onResponse", async (request, reply) => {
    // At `info` only what somebody may have to look into; `debug` shows every request.
    const level = reply.statusCode >= 400 || reply.elapsedTime > SLOW_MS ? "info" : "debug";
    // Without the query: what people search for is often a phone number.
    request.log[level]({ method: request.method, url: request.url.split("?", 1)[0], status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, "request");
  });
  app.setErrorHandler((error, request, reply) => replyProblem(error, request, reply));
  app.setNotFoundHandler((request, reply) => replyProblem(notFound({ detail: `No route ${request.method} ${request.url}` }), request, reply));
  return app;
}

/** JSON without two things that only do harm: NUL, which Postgres cannot store, and keys that reach into prototypes. */
function parseJson(text: string): unknown {
  const guarded = text.includes("\\u0000") || text.includes("__proto__");
  if (!guarded) return JSON.parse(text);
  return JSON.parse(text, (key, value: unknown) => {
    if (key === "__proto__") throw new Error("__proto__ is not a field");
    if (typeof value === "string" && value.includes("\u0000")) throw new Error("The text holds a NUL character");
    return value;
  });
}
