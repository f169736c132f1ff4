import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { Caller, Scope } from "../scope.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** `public`: nobody needs to be signed in. `signed-in`: anybody of this audience. Otherwise the permission needed. */
export type Permission = "public" | "signed-in" | (string & {});

interface Declaration<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  method: Method;
  /** As in OpenAPI: `/quotes/{orderId}:commit` */
  path: string;
  can: Permission;
  /** One line for the reference. */
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** Absent: 204. */
  reply?: R;
  status?: number;
  /** What is answered with 202 instead, when `run` returns `Accepted`. */
  accepted?: z.ZodType;
  /** The write moves value: `Idempotency-Key` is required and the first answer is kept. */
  idempotent?: boolean;
  /** Validated by ajv compiled from the same schema, for the few routes that a till waits for. */
  hot?: boolean;
  /** Requests a minute of one person, or where nobody is signed in of one address, for doors that are tried by guessing. */
  perMinute?: number;
  /** For the few routes whose bodies are larger than the server's limit. */
  maxBodyBytes?: number;
}

export interface Input<P, Q, B> {
  params: P;
  query: Q;
  body: B;
}

/** Taken, and not done yet: somebody has to decide first. */
export class Accepted {
  readonly body: object;

  constructor(body: object) {
    this.body = body;
  }
}

/** What a direct route gets in place of a scope: it opens its own, or none. */
export interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
  idempotencyKey: string;
  bodyHash: Buffer;
}

export interface Route extends Declaration<z.ZodType, z.ZodType, z.ZodType, z.ZodType> {
  run?(scope: Scope, input: Input<never, never, never>, exchange: Exchange): Promise<unknown>;
  handle?(caller: Caller, input: Input<never, never, never>, exchange: Exchange): Promise<unknown>;
}

/** A route that runs in one scope. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  declaration: Declaration<P, Q, B, R> & {
    run(scope: Scope, input: Input<z.output<P>, z.output<Q>, z.output<B>>, exchange: Exchange): Promise<z.input<R> | Accepted | void>;
  },
): Route {
  return declaration as unknown as Route;
}

/** A route that opens scopes itself (the settlement desk, sign-in, streams, uploads). */
export function directRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  declaration: Declaration<P, Q, B, R> & {
    handle(caller: Caller, input: Input<z.output<P>, z.output<Q>, z.output<B>>, exchange: Exchange): Promise<z.input<R> | void>;
  },
): Route {
  return declaration as unknown as Route;
}

/** A door of the building: staff, members or integrators. */
export interface Audience {
  name: "console" | "member" | "open";
  prefix: string;
  title: string;
  description: string;
  /** Finds out who asks; throws `unauthenticated`. Public routes do without. */
  authenticate(request: FastifyRequest): Promise<Caller>;
  routes: readonly Route[];
}
