import type { FastifyReply, FastifyRequest } from "fastify";
import { isDisconnected } from "../db/connection.ts";
import { sqlState } from "../db/database.ts";
import { busy, conflict, internal, invalid, malformed, notFound, Problem, tooLarge, tooManyRequests } from "../problem.ts";

const TYPE_BASE = "https://shuke.dev/problems/";

/** Renders a thrown error as `application/problem+json`, once, for every route. */
export function replyProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asProblem(error);
  if (known.status >= 500) request.log.error({ err: error }, "request failed");
  const { detail, ...extra } = known.extra;
  if (known.status === 429 || known.status === 503) reply.header("retry-after", String(extra["retryAfterSeconds"] ?? 1));
  return reply.code(known.status).type("application/problem+json").send(JSON.stringify({
    type: TYPE_BASE + known.code, code: known.code, title: known.title, status: known.status,
    ...(detail === undefined ? {} : { detail }), ...extra, requestId: request.id,
  }));
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDisconnected(error)) return busy({ detail: "The database does not answer at the moment" });
  return fromDatabase(error) ?? fromFastify(error) ?? internal();
}

/** The database's own refusals, by SQLSTATE alone: messages are translated, states are not. */
function fromDatabase(error: unknown): Problem | undefined {
  switch (sqlState(error)) {
    case "23505": return conflict({ detail: "Something with these values exists already" });
    case "23503": return conflict({ detail: "Something this refers to does not exist, or is still in use" });
    case "22P05": case "22021": return malformed({ detail: "The text holds a character that cannot be stored" });
    // A value of the wrong shape came through, from a cursor for example: the caller's mistake, not ours.
    case "22P02": case "22003": case "22007": case "22008": return invalid({ detail: "A value has the wrong shape" });
    case "57014": case "53300": return busy();
    default: return undefined;
  }
}

function fromFastify(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !("statusCode" in error) || typeof error.statusCode !== "number") return undefined;
  switch (error.statusCode) {
    case 400: return malformed({ detail: error.message });
    // 403: a path that tries to climb out of a folder. There is nothing there.
    case 403: case 404: return notFound();
    case 413: return tooLarge({ detail: error.message });
    case 415: return malformed({ detail: "Send application/json" });
    case 429: return tooManyRequests({ detail: error.message });
    default: return error.statusCode >= 400 && error.statusCode < 500 ? malformed({ detail: error.message }) : undefined;
  }
}
