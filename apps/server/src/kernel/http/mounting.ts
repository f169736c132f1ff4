import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import type { Database } from "../db/database.ts";
import { tooManyRequests } from "../problem.ts";
import { describeAudience, describeRoute } from "./document.ts";
import { mount } from "./door.ts";
import type { Audience } from "./route.ts";

export interface MountingParts {
  database: Database;
}

/** The published document of each audience, once the server is ready. */
export type OpenApiDocuments = Map<Audience["name"], () => unknown>;

declare module "fastify" {
  interface FastifyInstance {
    openApiDocuments: OpenApiDocuments;
  }
}

/** Mounts every audience in a context of its own, each with its own OpenAPI document at /openapi/<name>.json. */
export async function mountAll(app: FastifyInstance, audiences: readonly Audience[], { database }: MountingParts): Promise<void> {
  const documents: OpenApiDocuments = new Map();
  app.decorate("openApiDocuments", documents);
  await app.register(rateLimit, {
    global: false, enableDraftSpec: true,
    errorResponseBuilder: (_request, context) => tooManyRequests({ retryAfterSeconds: Math.ceil(context.ttl / 1000) }),
  });
  for (const audience of audiences) {
    await app.register(async (context) => {
      await context.register(swagger, {
        openapi: {
          openapi: "3.1.0",
          info: { title: audience.title, description: audience.description, version: "1.0.0", license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
          components: { securitySchemes: { [audience.name]: audience.name === "console"
            ? { type: "apiKey", in: "cookie", name: "shuke_session" } : { type: "http", scheme: "bearer" } } },
        },
        transform: describeRoute, transformObject: describeAudience,
      });
      mount(context, audience, database);
      context.get(`/openapi/${audience.name}.json`, { schema: { hide: true } }, async () => context.swagger());
      documents.set(audience.name, () => context.swagger());
    });
  }
}
