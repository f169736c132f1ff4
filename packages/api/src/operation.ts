/** Reads the generated types: which paths there are, what goes in, what comes out. */
export type Method = "get" | "post" | "put" | "patch" | "delete";

export type PathWith<Paths, M extends Method> = { [P in keyof Paths]: Paths[P] extends { [K in M]: object } ? P : never }[keyof Paths] & string;
export type Operation<Paths, P extends keyof Paths, M extends Method> = Paths[P] extends { [K in M]: infer O } ? O : never;

type Parameters<O, Place extends string> = O extends { parameters: { [K in Place]: infer Given } } ? Given : undefined;
type Query<O> = O extends { parameters: infer P } ? ("query" extends keyof P ? NonNullable<P["query"]> : never) : never;
type Body<O> = O extends { requestBody: { content: { "application/json": infer Given } } } ? Given : undefined;
type Success<O> = O extends { responses: infer R } ? R[keyof R & (200 | 201 | 202)] : never;

/** The body of the first good answer; nothing for 204. */
export type Reply<O> = Success<O> extends { content: { "application/json": infer Given } } ? Given : undefined;

type Optional<Name extends string, Given> = [Given] extends [undefined] ? { [K in Name]?: undefined } : { [K in Name]: Given };

/** What a call is given besides its path. `key` becomes the Idempotency-Key, which the types ask for where it is needed. */
export type Given<O> = Optional<"path", Parameters<O, "path">> & Optional<"body", Body<O>> & { query?: Query<O> }
  & (Parameters<O, "header"> extends { "idempotency-key": string } ? { key: string } : { key?: string });
