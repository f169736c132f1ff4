import { notFound } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";

interface Row {
  id: string;
  survivor_id: string;
  absorbed_id: string;
  survivor_no: string;
  absorbed_no: string;
  survivor_name: string;
  absorbed_name: string;
  state: "done" | "undone";
  reason: string;
  by_name: string;
  at: Date;
  undo_until: Date;
  undone_at: Date | null;
  undo_reason: string | null;
}

const SELECT = `select g.id, g.survivor_id, g.absorbed_id, s.member_no as survivor_no, a.member_no as absorbed_no, s.name as survivor_name, a.name as absorbed_name, g.state, g.reason,
    g.by_name, g.at, g.undo_until, g.undone_at, g.undo_reason
  from customers.merge g
  join customers.member s on s.tenant_id = $1 and s.id = g.survivor_id
  join customers.member a on a.tenant_id = $1 and a.id = g.absorbed_id`;

const mergeOf = (row: Row) => ({
  id: row.id, survivor: { id: row.survivor_id, memberNo: row.survivor_no, name: row.survivor_name }, absorbed: { id: row.absorbed_id, memberNo: row.absorbed_no, name: row.absorbed_name },
  state: row.state, reason: row.reason, by: row.by_name, at: row.at.toISOString(), undoUntil: row.undo_until.toISOString(), undoneAt: row.undone_at?.toISOString() ?? null,
  undoReason: row.undo_reason,
});

/** Merges that a member was part of, the newest first. */
export async function listMerges(scope: Scope, memberId: string) {
  const rows = await scope.tx.rows<Row>(`${SELECT} where g.tenant_id = $1 and (g.survivor_id = $2 or g.absorbed_id = $2) order by g.at desc, g.id desc limit 100`, [scope.tenantId, memberId]);
  return rows.map(mergeOf);
}

export async function getMerge(scope: Scope, id: string) {
  const [row] = await scope.tx.rows<Row>(`${SELECT} where g.tenant_id = $1 and g.id = $2`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such merge" });
  return mergeOf(row);
}
