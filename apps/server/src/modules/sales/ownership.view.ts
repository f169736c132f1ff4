import type { z } from "zod";
import { notFound } from "../../kernel/problem.ts";
import { staffOf, visibleStores, type Scope } from "../../kernel/scope.ts";
import { staffNames } from "../org/index.ts";
import { coolingUntil } from "./cooling.ts";
import { idleUntil, isWon, winUntil } from "./due.ts";
import type { ownership } from "./ownership.schema.ts";
import { viewDates } from "./sea.view.ts";

const SHOWN = 100;

interface Row {
  pool_id: string;
  pool_name: string;
  pool_name_en: string;
  extensions: number;
  coolDownDays: number;
  owner_id: string | null;
  owner_name: string | null;
  since: Date;
  touched_at: Date;
  due_at: Date | null;
  extended: number;
  is_won: boolean;
  is_idle: boolean;
}

/** Whose a record is, until when, and how that came. One that was made a moment ago is in the public sea. Throws `notFound` where its object has no pool. */
export async function getOwnership(scope: Scope, recordId: string): Promise<z.input<typeof ownership>> {
  const stores = visibleStores(scope.actor);
  const [row] = await scope.tx.rows<Row>(
    `select p.id as pool_id, p.name as pool_name, p.name_en as pool_name_en, p.extensions, p.cool_down_days as "coolDownDays", h.owner_id, s.name as owner_name, coalesce(h.since, r.created_at) as since,
            coalesce(h.touched_at, r.updated_at) as touched_at, h.due_at, coalesce(h.extended, 0) as extended, ${isWon} as is_won,
            coalesce(${idleUntil("h.touched_at")} <= ${winUntil("h.since")}, p.win_days is null) as is_idle
       from objects.record r
       join objects.object o on o.tenant_id = $1 and o.id = r.object_id and o.archived_at is null
       left join sales.holding h on h.tenant_id = $1 and h.record_id = r.id
       join sales.pool p on p.tenant_id = $1 and p.object_id = r.object_id and (p.id = h.pool_id or (h.pool_id is null and p.is_default and p.archived_at is null))
       left join org.staff s on s.tenant_id = $1 and s.id = h.owner_id
      where r.tenant_id = $1 and r.id = $2 and ($3::uuid[] is null or r.store_id is null or r.store_id = any($3))`, [scope.tenantId, recordId, stores]);
  if (!row) throw notFound({ detail: "No such record in a pool" });
  const cooling = await coolingUntil(scope, row, { recordIds: [recordId], staffId: staffOf(scope) });
  return {
    pool: { id: row.pool_id, name: row.pool_name, nameEn: row.pool_name_en }, ...viewDates(scope, row),
    reasonDue: row.due_at ? (row.is_idle ? "idle" : "win") : null, extensionsLeft: row.owner_id ? Math.max(0, row.extensions - row.extended) : 0, isWon: row.is_won,
    coolDownUntil: cooling.get(recordId)?.toISOString() ?? null, history: await historyOf(scope, recordId),
  };
}

interface EntryRow {
  kind: z.output<typeof ownership>["history"][number]["kind"];
  from_owner: string | null;
  to_owner: string | null;
  reason: string | null;
  at: Date;
  actor: string;
}

async function historyOf(scope: Scope, recordId: string): Promise<z.input<typeof ownership>["history"]> {
  const rows = await scope.tx.rows<EntryRow>(
    `select e.kind, e.from_owner, e.to_owner, e.reason, e.at, e.actor from sales.holding_entry e where e.tenant_id = $1 and e.record_id = $2 order by e.no desc limit ${SHOWN}`, [scope.tenantId, recordId]);
  const ref = (staffId: string | null): string | null => staffId && `staff:${staffId}`;
  const names = await staffNames(scope, rows.flatMap((row) => [ref(row.from_owner), ref(row.to_owner), row.actor]));
  const person = (staffId: string | null) => (staffId ? { id: staffId, name: names.get(`staff:${staffId}`) ?? "" } : null);
  return rows.map((row) => ({ kind: row.kind, from: person(row.from_owner), to: person(row.to_owner), reason: row.reason, at: row.at.toISOString(), by: names.get(row.actor) ?? null }));
}
