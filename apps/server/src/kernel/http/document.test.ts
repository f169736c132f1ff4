import { expect, test } from "vitest";
import { z } from "zod";
import { freshTenant } from "../../../test/tenant.ts";
import { mountAll } from "./mounting.ts";
import { route } from "./route.ts";
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
