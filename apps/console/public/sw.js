// Keeps the console's shell for tills that lose the network. By hand: forty lines that can be read, no build step of their own.
// Pages come from the network first, so that a new version is never hidden; hashed files never change. Nothing of /api is kept,
// but who is signed in, without which an installed till could not open: it leaves with signing out.
const SHELL = "shuke-shell-1";
const SESSION = "/api/console/session";
const ELSEWHERE = /^\/(api|v1|callbacks|openapi|docs|m|healthz|readyz|metrics)(\/|$)/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** What a page had loaded before this worker was there. */
self.addEventListener("message", (event) => {
  if (event.data?.kind === "keep") event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(event.data.urls)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && /\/sign-out$/.test(url.pathname)) event.waitUntil(caches.open(SHELL).then((cache) => cache.delete(SESSION)));
  if (request.method !== "GET") return;
  if (url.pathname === SESSION) event.respondWith(networkFirst(request, SESSION));
  else if (url.pathname.startsWith("/assets/")) event.respondWith(keptFirst(request));
  else if (request.mode === "navigate" && !ELSEWHERE.test(url.pathname)) event.respondWith(networkFirst(request, "/"));
});

async function networkFirst(request, key) {
  const cache = await caches.open(SHELL);
  try {
    const reply = await fetch(request);
    if (reply.ok) await cache.put(key, reply.clone());
    else if (reply.status === 401) await cache.delete(key);
    return reply;
  } catch (error) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw error;
  }
}

async function keptFirst(request) {
  const cache = await caches.open(SHELL);
  const kept = await cache.match(request);
  if (kept) return kept;
  const reply = await fetch(request);
  if (reply.ok) await cache.put(request, reply.clone());
  return reply;
}
