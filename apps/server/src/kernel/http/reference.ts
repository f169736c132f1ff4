import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import type { Audience } from "./route.ts";

/** The reference of all audiences at /docs; each document for machines is at /openapi/<name>.json. */
export async function serveReference(app: FastifyInstance, audiences: readonly Audience[]): Promise<void> {
  await app.register(async (context) => {
    await context.register(swagger, { openapi: { info: { title: "Shuke 熟客", version: "1.0.0" } } });
    await context.register(swaggerUi, {
      routePrefix: "/docs",
      staticCSP: "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'",
      uiConfig: {
        urls: audiences.map(({ name, title }) => ({ name: title, url: `/openapi/${name}.json` })),
        docExpansion: "none", displayRequestDuration: true, validatorUrl: null,
      } as object,
    });
  });
}
