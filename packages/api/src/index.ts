import type { components as console } from "./console.gen.ts";
import type { components as member } from "./member.gen.ts";
import type { components as open } from "./open.gen.ts";

export { ApiProblem, createClient, type ClientOptions } from "./client.ts";
export type { paths as ConsolePaths } from "./console.gen.ts";
/** What goes over the wire, by name. */
export type ConsoleSchemas = console["schemas"];
export type MemberSchemas = member["schemas"];
export type OpenSchemas = open["schemas"];
export type { paths as MemberPaths } from "./member.gen.ts";
export type { paths as OpenPaths } from "./open.gen.ts";
export { fetchTransport, taroTransport, type HttpReply, type HttpRequest, type Transport } from "./transport.ts";
