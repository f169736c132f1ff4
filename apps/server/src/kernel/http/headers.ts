import type { FastifyInstance, FastifyReply } from "fastify";

/** Nothing of ours is framed, sniffed, or told to other sites. Pages bring their own, wider content policy. */
const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};
const HTTPS_ONLY = "max-age=31536000; includeSubDomains";

export function securityHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(EVERYWHERE);
    if (request.protocol === "https") reply.header("strict-transport-security", HTTPS_ONLY);
  });
}

/** For our own pages. `unsafe-inline` styles: the component libraries write style elements at run time. */
export function pagePolicy(reply: FastifyReply, scriptHashes: readonly string[] = []): void {
  const scripts = ["'self'", ...scriptHashes.map((hash) => `'sha256-${hash}'`)].join(" ");
  reply.header("content-security-policy", [
    "default-src 'self'", `script-src ${scripts}`, "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob: https:",
    "font-src 'self' data:", "connect-src 'self'", "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'",
  ].join("; "));
}
