import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import compress from "@fastify/compress";
import files from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { pagePolicy } from "./headers.ts";

/** A built single-page app: every path without an extension is its index page. */
export interface Site {
  /** "/" or "/m/" */
  prefix: string;
  folder: string;
  /** Files whose names change with their contents: kept by browsers for a year. */
  hashed: RegExp;
  /** Paths that are pages although they may end like a file's name. */
  pages?: RegExp;
  /** Paths below the prefix that are somebody else's. */
  except?: RegExp;
  /** Said while the build is not there. */
  absent: string;
}

const YEAR_MS = 31_536_000_000;
const COMPRESS_FROM_BYTES = 1_024;

interface IndexPage {
  html: string;
  scriptHashes: string[];
  changedMs: number;
}

/** Serves the sites, compressed. A build that appears while the server runs is served from then on. */
export async function serveSites(app: FastifyInstance, sites: readonly Site[]): Promise<void> {
  const [first] = sites;
  if (!first) return;
  await app.register(async (context) => {
    await context.register(compress, { global: true, threshold: COMPRESS_FROM_BYTES, encodings: ["br", "gzip"] });
    await context.register(files, { root: first.folder, serve: false });
    for (const site of sites) {
      const index = indexOf(site);
      context.get(`${site.prefix}*`, { schema: { hide: true } }, (request, reply) => answer(site, index, request, reply));
      if (site.prefix !== "/") context.get(site.prefix.slice(0, -1), { schema: { hide: true } }, (_request, reply) => reply.redirect(site.prefix));
    }
  });
}

async function answer(site: Site, index: () => Promise<IndexPage | undefined>, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const path = (request.params as { "*": string })["*"];
  if (site.except?.test(path)) {
    reply.callNotFound();
    return reply;
  }
  if (/\.[A-Za-z0-9]+$/.test(path) && path !== "index.html" && !site.pages?.test(path)) {
    const isHashed = site.hashed.test(path);
    // A service worker obeys the policy of its own file, and fetches for the pages: with none it would cut them off.
    if (path === "sw.js") reply.header("content-security-policy", "default-src 'none'; connect-src 'self'");
    return reply.sendFile(path, site.folder, { maxAge: isHashed ? YEAR_MS : 0, immutable: isHashed });
  }
  const page = await index();
  pagePolicy(reply, page?.scriptHashes);
  return reply.code(page ? 200 : 503).header("cache-control", "no-cache").type("text/html; charset=utf-8").send(page?.html ?? site.absent);
}

/** Reads the index page again only when the file has changed; inline scripts are allowed by their hashes. */
function indexOf({ folder }: Site): () => Promise<IndexPage | undefined> {
  let kept: IndexPage | undefined;
  return async () => {
    const file = join(folder, "index.html");
    const changedMs = await stat(file).then((found) => found.mtimeMs, () => undefined);
    if (changedMs === undefined) return undefined;
    if (kept?.changedMs === changedMs) return kept;
    const html = await readFile(file, "utf8");
    const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
    kept = { html, changedMs, scriptHashes: inline.map(([, text = ""]) => createHash("sha256").update(text).digest("base64")) };
    return kept;
  };
}
