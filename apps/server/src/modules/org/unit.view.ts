import type { z } from "zod";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import { notFound } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { unitQuery, unitReply } from "./unit.schema.ts";

type Unit = z.input<typeof unitReply>;
type Row = Unit & { path: string };

const COLUMNS = `id, parent_id as "parentId", kind, code, name, path, address, phone, opening_hours as "openingHours", latitude, longitude, state`;

/** The tree, each unit before what is below it. */
export async function listUnits(scope: Scope, { limit, cursor }: z.output<typeof unitQuery>): Promise<Page<Unit>> {
  const [after] = decodeCursor(cursor, 1) ?? [""];
  const rows = await scope.tx.rows<Row>(
    `select ${COLUMNS} from org.unit where tenant_id = $1 and path collate "C" > $2 order by path collate "C" limit $3`,
    [scope.tenantId, after, limit + 1]);
  return pageFrom(rows, limit, (row) => row, (row) => [row.path]);
}

export async function getUnit(scope: Scope, unitId: string): Promise<Row> {
  const [row] = await scope.tx.rows<Row>(`select ${COLUMNS} from org.unit where tenant_id = $1 and id = $2`, [scope.tenantId, unitId]);
  if (!row) throw notFound();
  return row;
}
