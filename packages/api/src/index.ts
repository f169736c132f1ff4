import type { components } from "./console.gen.ts";

export { ApiProblem, createClient, type ClientOptions } from "./client.ts";
export type { paths as ConsolePaths } from "./console.gen.ts";
/** What the console's API answers, by name. */
export type ConsoleSchemas = components["schemas"];
export type { paths as MemberPaths } from "./member.gen.ts";
export type { paths as OpenPaths } from "./open.gen.ts";
export { fetchTransport, taroTransport, type HttpReply, type HttpRequest, type Transport } from "./transport.ts";
