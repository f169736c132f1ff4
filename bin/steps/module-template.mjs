const title = (word) => word[0].toUpperCase() + word.slice(1);

/** File name → text. The noun's table is `<module>.<noun>`. */
export function moduleFiles(name, noun) {
  return {
    "README.md": readme(name, noun),
    "index.ts": `export { consoleRoutes } from "./console.routes.ts";\n`,
    "console.routes.ts": routes(name, noun),
    [`${noun}.schema.ts`]: schema(noun),
    [`${noun}.view.ts`]: view(name, noun),
    [`${noun}.test.ts`]: test(noun),
  };
}

export function migrationText(name, noun) {
  return `-- Why ${name} exists: say here what it stores and what must never happen to it.
create schema ${name};
grant usage on schema ${name} to shuke_app;

create table ${name}.${noun} (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('${name}.${noun}', 'tenant');
`;
}

function readme(name, noun) {
  return `# ${name}

One sentence: what this module is for.

| | |
|---|---|
| nouns | ${noun} |
| invariants | what must hold, and what in the database refuses its breach |
| tables | \`${name}.${noun}\` |
| events out | none |
| events in | none |
`;
}

function routes(name, noun) {
  return `import { route, type Route } from "../../kernel/http/route.ts";
import { pageQuery } from "../../kernel/http/wire.ts";
import { ${noun}Page } from "./${noun}.schema.ts";
import { list${title(noun)}s } from "./${noun}.view.ts";

export function consoleRoutes(): Route[] {
  return [
    route({
      method: "GET", path: "/${noun}s", can: "${name}.read", summary: "The ${noun}s, newest first",
      query: pageQuery, reply: ${noun}Page, run: (scope, { query }) => list${title(noun)}s(scope, query),
    }),
  ];
}
`;
}

function schema(noun) {
  return `import { z } from "zod";
import { id, instant, pageOf } from "../../kernel/http/wire.ts";

export const ${noun} = z.object({ id, name: z.string(), createdAt: instant });
export const ${noun}Page = pageOf(${noun});
`;
}

function view(name, noun) {
  const Noun = title(noun);
  return `import type { z } from "zod";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { ${noun} } from "./${noun}.schema.ts";

export interface ${Noun}Row {
  id: string;
  name: string;
  created_at: Date;
}

type ${Noun} = z.input<typeof ${noun}>;

/** Newest first: the ids carry the time. */
export async function list${Noun}s(scope: Scope, query: { limit: number; cursor?: string | undefined }): Promise<Page<${Noun}>> {
  const before = decodeCursor(query.cursor, 1);
  const rows = await scope.tx.rows<${Noun}Row>(
    \`select id, name, created_at from ${name}.${noun}
      where tenant_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3\`,
    [scope.tenantId, before?.[0] ?? null, query.limit + 1]);
  return pageFrom(rows, query.limit, ${noun}OnTheWire, (row) => [row.id]);
}

export function ${noun}OnTheWire(row: ${Noun}Row): ${Noun} {
  return { id: row.id, name: row.name, createdAt: row.created_at.toISOString() };
}
`;
}

function test(noun) {
  return `import { expect, test } from "vitest";
import { ${noun} } from "./${noun}.schema.ts";
import { ${noun}OnTheWire } from "./${noun}.view.ts";

test("a ${noun} goes on the wire in the shape that the reference promises", () => {
  const row = { id: "01980000-0000-7000-8000-000000000000", name: "first", created_at: new Date("2026-11-21T04:00:00Z") };
  expect(${noun}.parse(${noun}OnTheWire(row))).toEqual({ id: row.id, name: "first", createdAt: "2026-11-21T04:00:00.000Z" });
});
`;
}
