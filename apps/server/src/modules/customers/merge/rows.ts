import type { Scope } from "../../../kernel/scope.ts";

/** Rows of a module that name a member and follow them. */
export interface FollowingRows {
  /** With its schema; only the module whose table it is names it. */
  table: string;
  /** The column that names the member. */
  column: string;
  /** What else names a row. */
  key: readonly string[];
  /** Where only one such row a member may exist: the columns of that key. What the survivor has already stays where it is. */
  oneOf?: readonly string[];
}

/** Keys of the rows that were moved, by table and column. */
export type MovedRows = Record<string, string[]>;

const nameOf = ({ table, column }: FollowingRows): string => `${table}.${column}`;
const keyOf = ({ key }: FollowingRows): string => key.map((column) => `${column}::text`).join(" || ' ' || ");

/** Makes rows another member's, and remembers which. */
export async function moveRows({ tx, tenantId }: Scope, tables: readonly FollowingRows[], fromId: string, toId: string): Promise<MovedRows> {
  const moved: MovedRows = {};
  for (const rows of tables) {
    const { table, column, oneOf } = rows;
    const free = oneOf ? `and not exists (select 1 from ${table} o where o.tenant_id = $1 and o.${column} = $3 and ${oneOf.map((one) => `o.${one} = t.${one}`).join(" and ")})` : "";
    const found = await tx.rows<{ key: string }>(
      `update ${table} t set ${column} = $3 where t.tenant_id = $1 and t.${column} = $2 ${free} returning ${keyOf(rows)} as key`, [tenantId, fromId, toId]);
    if (found.length > 0) moved[nameOf(rows)] = found.map((row) => row.key);
  }
  return moved;
}

/** Gives back what was moved, as far as it is still there. */
export async function moveRowsBack({ tx, tenantId }: Scope, tables: readonly FollowingRows[], moved: MovedRows, fromId: string, toId: string): Promise<void> {
  for (const rows of tables) {
    const keys = moved[nameOf(rows)];
    if (!keys) continue;
    await tx.rows(`update ${rows.table} t set ${rows.column} = $3 where t.tenant_id = $1 and t.${rows.column} = $2 and ${keyOf(rows)} = any($4::text[])`,
      [tenantId, fromId, toId, keys]);
  }
}
