import type pg from "pg";

/** One column as the catalogue tells it. */
interface ColumnRow {
  schema: string;
  table: string;
  column: string;
  type: string;
  nullable: boolean;
  has_default: boolean;
  default_text: string | null;
}

interface ConstraintRow {
  schema: string;
  table: string;
  definition: string;
}

const MODULES_ONLY = `n.nspname not in ('pg_catalog', 'information_schema', 'pgboss', 'public') and n.nspname not like 'pg\\_%'`;

const COLUMNS = `
  select n.nspname as schema, c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
         not a.attnotnull as nullable, a.atthasdef as has_default, pg_get_expr(d.adbin, d.adrelid) as default_text
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p', 'v')
    join pg_namespace n on n.oid = c.relnamespace and ${MODULES_ONLY}
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attnum > 0 and not a.attisdropped
   order by n.nspname collate "C", c.relname collate "C", a.attnum`;

const CONSTRAINTS = `
  select n.nspname as schema, c.relname as "table", pg_get_constraintdef(k.oid) as definition
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace and ${MODULES_ONLY}
   where k.contype in ('p', 'u', 'f', 'c')
   order by n.nspname collate "C", c.relname collate "C", array_position(array['p', 'u', 'f', 'c']::"char"[], k.contype), pg_get_constraintdef(k.oid) collate "C"`;

const INDEXES = `
  select n.nspname as schema, c.relname as "table",
         regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX (\\S+) ON \\S+ USING ', '\\1index \\2 ') as definition
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace and ${MODULES_ONLY}
   where not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
   order by n.nspname collate "C", c.relname collate "C", pg_get_indexdef(i.indexrelid) collate "C"`;

const TS_TYPES: Record<string, string> = {
  uuid: "string", text: "string", "text[]": "string[]", "bigint[]": "number[]", "uuid[]": "string[]", date: "string", boolean: "boolean", jsonb: "unknown", bytea: "Buffer",
  integer: "number", smallint: "number", bigint: "number", "double precision": "number", "timestamp with time zone": "Date",
};

/** The table types for Kysely, from the catalogue. */
export async function tableTypes(client: pg.ClientBase): Promise<string> {
  const { rows } = await client.query<ColumnRow>(COLUMNS);
  const kinds = new Map((await client.query<{ name: string; kind: string }>("select name, kind from kernel.declared_table"))
    .rows.map((row) => [row.name.replaceAll('"', ""), row.kind]));
  const tables = Map.groupBy(rows, (row) => `${row.schema}.${row.table}`);
  const fenced = [...tables].filter(([name, columns]) =>
    kinds.get(name) === "tenant" || kinds.get(name) === "archive" || (!kinds.has(name) && columns.some((one) => one.column === "tenant_id")));
  const lines = [
    "// Generated from the database's catalogue by `npm run generate`. Do not edit.",
    'import type { ColumnType, Generated } from "kysely";', "",
    "/** jsonb: written as text, read parsed. */", "type Json = ColumnType<unknown, string, string>;",
    "/** Filled in by the fence. */", "type Fenced = ColumnType<string, string | undefined, never>;", "",
    "export interface DB {",
  ];
  for (const [name, columns] of tables) {
    lines.push(`  "${name}": {`);
    for (const column of columns) lines.push(`    ${column.column}: ${columnType(column, fenced.some(([one]) => one === name))};`);
    lines.push("  };");
  }
  lines.push("}", "", "/** Tables that the fence adds `tenant_id = $n` to. */", "export const tenantTables: ReadonlySet<string> = new Set([");
  lines.push(...fenced.map(([name]) => `  "${name}",`), "]);", "");
  return lines.join("\n");
}

function columnType(column: ColumnRow, isFenced: boolean): string {
  if (column.column === "tenant_id" && isFenced) return "Fenced";
  const base = TS_TYPES[column.type];
  if (!base) throw new Error(`${column.schema}.${column.table}.${column.column}: no TypeScript type for ${column.type}`);
  const nullable = column.nullable ? " | null" : "";
  if (base === "unknown") return column.nullable ? "ColumnType<unknown, string | null | undefined, string | null>" : column.has_default ? "ColumnType<unknown, string | undefined, string>" : "Json";
  return column.has_default ? `Generated<${base}${nullable}>` : `${base}${nullable}`;
}

/** Each module's schema on one page, to be read and to show changes in reviews. */
export async function schemaPages(client: pg.ClientBase): Promise<Map<string, string>> {
  const columns = (await client.query<ColumnRow>(COLUMNS)).rows;
  const constraints = (await client.query<ConstraintRow>(CONSTRAINTS)).rows;
  const indexes = (await client.query<ConstraintRow>(INDEXES)).rows;
  const pages = new Map<string, string>();
  for (const [schema, ofSchema] of Map.groupBy(columns, (row) => row.schema)) {
    const lines = [`-- ${schema}: generated from the catalogue by \`npm run generate\`. Do not edit.`];
    for (const [table, ofTable] of Map.groupBy(ofSchema, (row) => row.table)) {
      lines.push("", `${schema}.${table}`);
      for (const one of ofTable) {
        lines.push(`  ${one.column} ${one.type}${one.nullable ? "" : " not null"}${one.default_text ? ` default ${one.default_text}` : ""}`);
      }
      const of = (rows: ConstraintRow[]) => rows.filter((row) => row.schema === schema && row.table === table).map((row) => `  ${row.definition}`);
      lines.push(...of(constraints), ...of(indexes));
    }
    pages.set(schema, lines.join("\n") + "\n");
  }
  return pages;
}
