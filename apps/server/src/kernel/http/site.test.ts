import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { testServer } from "../../../test/server.ts";
import { sites } from "../../sites.ts";

const get = async (url: string, headers: Record<string, string> = {}) => (await testServer()).app.inject({ method: "GET", url, headers });

test("the server says that it lives and that it is ready", async () => {
  expect((await get("/healthz")).json()).toEqual({ status: "ok" });
  expect((await get("/readyz")).json()).toEqual({ status: "ready" });
});

test("metrics are for this machine, not for what comes through a proxy", async () => {
  await get("/healthz");
  const metrics = await get("/metrics");
  expect(metrics.body).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/healthz",status="200"\} \d/);
  expect(metrics.body).toContain("db_pool_connections");
  expect((await get("/metrics", { "x-forwarded-for": "127.0.0.1" })).statusCode).toBe(403);
});

test("pages cannot be framed, sniffed or made to run what is not ours", async () => {
  for (const url of ["/healthz", "/api/console/session", "/"]) {
    const { headers } = await get(url);
    expect(headers, url).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
    expect(String(headers["content-security-policy"]), url).toContain("frame-ancestors 'none'");
    expect(String(headers["content-security-policy"]), url).not.toMatch(/script-src[^;]*'unsafe/);
  }
});

test("every path of the console is its index page, but not the API's", async () => {
  for (const url of ["/", "/members/123", "/till?order=1", "/orders/POS-1.23"]) {
    const page = await get(url);
    expect([page.statusCode, page.headers["cache-control"]], url).toEqual([existsSync(`${sites[1]?.folder}index.html`) ? 200 : 503, "no-cache"]);
    expect(page.headers["content-type"]).toContain("text/html");
  }
  for (const url of ["/api/nothing", "/v1/nothing", "/assets/nothing.js", "/openapi/nothing.json", "/m/js/nothing.js"]) {
    expect((await get(url)).headers["content-type"], url).toContain("application/problem+json");
  }
});

test("no path leads out of a site's folder", async () => {
  for (const url of ["/../package.json", "/..%2f..%2fpackage.json", "/m/..%2f..%2f..%2fpackage.json", "/assets/%2e%2e/%2e%2e/package.json", "/%00.js", "/.env.js"]) {
    const reply = await get(url);
    expect(reply.statusCode, url).toBeLessThan(500);
    expect(reply.body, url).not.toContain("shuke\",");
  }
});

test("the reference shows three documents, whose paths are the ones integrators write", async () => {
  expect((await get("/docs/")).statusCode).toBe(200);
  for (const name of ["console", "member", "open"]) {
    const document = (await get(`/openapi/${name}.json`)).json();
    expect(document.openapi).toBe("3.1.0");
    const paths = Object.keys(document.paths);
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) expect(path).toMatch(/^\/(api\/console|api\/member|v1)(\/[\w{}.-]+)+(:[a-z-]+)?$/);
  }
});
