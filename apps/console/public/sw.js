// Keeps the console's shell for tills that lose the network. By hand: sixty lines that can be read, no build step of their own.
// Pages come from the network first, so that a new version is never hidden; hashed files never change. Nothing of /api is kept,
// but who is signed in, without which an installed till could not open: it leaves with signing out.
const SHELL = "shuke-shell-1";
const SESSION = "/api/console/session";
const ELSEWHERE = /^\/(api|v1|callbacks|openapi|docs|m|healthz|readyz|metrics)(\/|$)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** What a page had loaded before this worker was there. */
self.addEventListener("message", (event) => {
  if (event.data?.kind === "keep") event.waitUntil(Promise.all(event.data.urls.map(keepLoaded)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && url.pathname.endsWith("/sign-out")) event.waitUntil(forget(SESSION));
  if (request.method !== "GET") return;
  if (url.pathname === SESSION) event.respondWith(networkFirst(request, SESSION));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(keptFirst(request));
  else if (request.mode === "navigate" && !ELSEWHERE.test(url.pathname)) event.respondWith(networkFirst(request, "/"));
});

async function networkFirst(request, key) {
  try {
    const reply = await fetch(request);
    if (reply.ok) await keep(key, reply.clone());
    else if (reply.status === 401) await forget(key);
    return reply;
  } catch (error) {
    const kept = await keptAs(key);
    if (kept) return kept;
    throw error;
  }
}

async function keptFirst(request) {
  const kept = await keptAs(request);
  if (kept) return kept;
  const reply = await fetch(request);
  if (reply.ok) await keep(request, reply.clone());
  return reply;
}

// A cache that is full or forbidden must not cost a page that the network would have given.
const shell = () => caches.open(SHELL);
const keptAs = (key) => shell().then((cache) => cache.match(key)).catch(() => undefined);
/** Each by itself: one file that a newer version took away must not keep the others out. */
const keepLoaded = (url) => shell().then((cache) => cache.add(url)).catch(() => undefined);
const keep = (key, reply) => shell().then((cache) => cache.put(key, reply)).catch(() => undefined);
const forget = (key) => shell().then((cache) => cache.delete(key)).catch(() => undefined);
