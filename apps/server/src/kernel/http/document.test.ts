import { expect, test } from "vitest";
import { z } from "zod";
import { freshTenant } from "../../../test/tenant.ts";
import { mountAll } from "./mounting.ts";
import { route } from "./route.ts";
import { shareRepeated } from "./repetition.ts";
import { createServer } from "./server.ts";
import { fen, instant } from "./wire.ts";

const line = z.object({ priceFen: fen, at: instant }).meta({ id: "PricedLine" });
const cart = z.object({ lines: z.array(line), note: z.string().default("") }).meta({ id: "NotedCart" });

test("a document says each named shape once, under one name unless it goes in otherwise than it comes out", async () => {
  const { database, log } = (await freshTenant()).server.installation;
  const app = createServer({ log, clock: database.clock, random: database.random, trustProxy: false });
  const authenticate = async () => Promise.reject(new Error("nobody asks"));
  await mountAll(app, [{
    name: "open", prefix: "/t", title: "", description: "", authenticate,
    routes: [route({ method: "PUT", path: "/carts/{id}:price", can: "public", summary: "", body: cart, reply: cart, run: async (_scope, { body }) => body })],
  }], { database });
  await app.ready();
  const document = app.openApiDocuments.get("open")?.() as { paths: Record<string, { put: { requestBody: unknown; responses: Record<string, unknown> } }>; components: { schemas: Record<string, unknown> } };
  await app.close();
  expect(Object.keys(document.components.schemas).toSorted()).toEqual(["FieldError", "NotedCart", "NotedCartInput", "PricedLine", "Problem"]);
  const { requestBody, responses } = document.paths["/t/carts/{id}:price"]!.put;
  expect(JSON.stringify(requestBody)).toContain('"$ref":"#/components/schemas/NotedCartInput"');
  expect(JSON.stringify(responses["200"])).toContain('"$ref":"#/components/schemas/NotedCart"');
  expect(document.components.schemas["PricedLine"]).toEqual({
    type: "object", required: ["priceFen", "at"], properties: { priceFen: { type: "integer", minimum: 0, maximum: 1_000_000_000 }, at: { type: "string", format: "date-time" } },
  });
});

test("a parameter of many operations stands once, the most frequent under its name, and a problem once for all", () => {
  const [id, key, seldom] = [{ name: "id", in: "path", schema: { format: "uuid" } }, { name: "idempotency-key", in: "header" }, { name: "id", in: "path", schema: { type: "string" } }];
  const [problem, other] = [{ description: "A problem" }, { description: "Another" }];
  const paths = Object.fromEntries(["/a", "/b", "/c", "/d", "/e"].map((path) => [path, { get: { parameters: [id, key], responses: { 200: {}, default: problem } } }]));
  const rare = Object.fromEntries(["/v", "/w", "/x", "/y"].map((path) => [path, { get: { parameters: [seldom], responses: { default: other } } }]));
  const document = shareRepeated({ paths: { ...paths, ...rare }, components: { schemas: { One: {} } } });
  expect(document.components).toEqual({ schemas: { One: {} }, parameters: { Id: id, IdempotencyKey: key }, responses: { Problem: problem } });
  const shared = { parameters: [{ $ref: "#/components/parameters/Id" }, { $ref: "#/components/parameters/IdempotencyKey" }], responses: { 200: {}, default: { $ref: "#/components/responses/Problem" } } };
  expect(document.paths).toMatchObject({ "/a": { get: shared }, "/e": { get: shared }, "/v": { get: { parameters: [seldom], responses: { default: other } } } });
});
