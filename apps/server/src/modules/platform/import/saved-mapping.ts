import type { z } from "zod";
import { notFound } from "../../../kernel/problem.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import type { Mapping, Reading, savedMappings } from "./import.schema.ts";

type Column = Reading["columns"][number];
/** A mapping by headers, so that it fits a file whose columns changed places. */
type SavedMapping = Omit<Mapping, "columns"> & { columns: { header: string; field: string }[] };

interface Row {
  id: string;
  target: string;
  name: string;
  headers: string[];
  mapping: SavedMapping;
  by_name: string;
  at: Date;
}

export async function listMappings(scope: Scope, target: string | undefined): Promise<z.input<typeof savedMappings>> {
  const rows = await mappingRows(scope, target);
  return { items: rows.map((row) => ({ id: row.id, target: row.target, name: row.name, headers: row.headers, by: row.by_name, at: row.at.toISOString() })) };
}

const mappingRows = (scope: Scope, target: string | undefined): Promise<Row[]> => scope.tx.rows<Row>(
  "select id, target, name, headers, mapping, by_name, at from platform.import_mapping where tenant_id = $1 and ($2::text is null or target = $2) order by at desc", [scope.tenantId, target ?? null]);

export async function saveMapping(scope: Scope, run: { target: string; columns: readonly Column[] }, name: string, mapping: Mapping): Promise<void> {
  const headerOf = (at: number): string => run.columns.find((column) => column.at === at)?.header ?? "";
  const saved: SavedMapping = { ...mapping, columns: mapping.columns.map(({ at, field }) => ({ header: headerOf(at), field })) };
  const byName = "name" in scope.actor ? scope.actor.name : "";
  await scope.tx.rows(
    `insert into platform.import_mapping (tenant_id, id, target, name, headers, mapping, by_name, at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (tenant_id, target, name) do update set headers = excluded.headers, mapping = excluded.mapping, by_name = excluded.by_name, at = excluded.at`,
    [scope.tenantId, newId(scope), run.target, name, headerSet(run.columns), JSON.stringify(saved), byName, scope.now]);
}

const headerSet = (columns: readonly { header: string }[]): string[] => columns.map((column) => column.header).toSorted();

/** The latest mapping that was made with the same headers, for this file's places, as far as its fields are there to be written. */
export async function fittingMapping(scope: Scope, target: string, columns: readonly { at: number; header: string }[], keys: ReadonlySet<string>): Promise<Mapping | undefined> {
  const headers = JSON.stringify(headerSet(columns));
  const found = (await mappingRows(scope, target)).find((row) => JSON.stringify(row.headers) === headers);
  if (!found) return undefined;
  const placed = found.mapping.columns.flatMap(({ header, field }) => {
    const column = columns.find((one) => one.header === header);
    return column && keys.has(field) ? [{ at: column.at, field }] : [];
  });
  return { ...found.mapping, columns: placed, identifyBy: found.mapping.identifyBy.filter((key) => keys.has(key)) };
}

export async function dropMapping(scope: Scope, id: string): Promise<void> {
  const rows = await scope.tx.rows("delete from platform.import_mapping where tenant_id = $1 and id = $2 returning 1", [scope.tenantId, id]);
  if (rows.length === 0) throw notFound({ detail: "No such mapping" });
}
