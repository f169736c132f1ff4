import type { FastifyReply, FastifyRequest } from "fastify";
import { problem } from "../../kernel/problem.ts";

export const SESSION_COOKIE = "shuke_session";
export const crossSite = problem("org/cross-site", 403, "The request comes from another site");

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * A browser sends the cookie along with requests that other sites make it send. SameSite=Strict stops that; this is the
 * second lock. Programs that are no browsers send neither header and are let through: they had to know the cookie.
 */
export function refuseCrossSite(request: FastifyRequest): void {
  if (SAFE_METHODS.has(request.method)) return;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined) {
    if (site !== "same-origin" && site !== "none") throw crossSite();
    return;
  }
  const origin = request.headers.origin;
  if (origin !== undefined && hostOf(origin) !== request.host) throw crossSite();
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

const options = (request: FastifyRequest) =>
  ({ path: "/", httpOnly: true, sameSite: "strict", secure: request.protocol === "https" }) as const;

export const setSessionCookie = (request: FastifyRequest, reply: FastifyReply, value: string): void =>
  void reply.setCookie(SESSION_COOKIE, value, options(request));

export const clearSessionCookie = (request: FastifyRequest, reply: FastifyReply): void =>
  void reply.clearCookie(SESSION_COOKIE, options(request));
