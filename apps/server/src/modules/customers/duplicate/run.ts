import { audit } from "../../../kernel/audit.ts";
import type { Database } from "../../../kernel/db/database.ts";
import { enqueue } from "../../../kernel/events.ts";
import { BEFORE_ALL } from "../../../kernel/ids.ts";
import type { Task } from "../../../kernel/jobs.ts";
import { notFound, Problem, problem } from "../../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../../kernel/scope.ts";
import { resumeStalled } from "../../../kernel/stalled-run.ts";
import { notify } from "../../platform/index.ts";
import { mergeMembers } from "../merge/merge.ts";
import type { MergeStep } from "../merge/step.ts";
import { writeCards } from "./card.ts";
import { listWaiting } from "./waiting.ts";
import { countNamesakes, findPairs, SLICES, type Namesakes } from "./pairs.ts";

export const runGoesOn = problem("customers/duplicate-run-goes-on", 409, "One of these is running already");
const TASK = "customers.duplicates";
const PAGE = 5_000;
/** A job that takes longer is given to a second worker; before that it hands on to itself. */
const MAX_RUN_MS = 600_000;
const SILENT_MS = 120_000;

interface Run {
  id: string;
  kind: "find" | "merge";
  phase: "cards" | "pairs";
  cursor_id: string | null;
  slice: number;
  min_score: number | null;
}

/** Begins to look for duplicates, or to merge those that are clear. Throws `runGoesOn`. */
export async function startRun(scope: Scope, wish: { kind: "find" } | { kind: "merge"; minScore: number }): Promise<string> {
  const id = newId<"duplicate-run">(scope);
  const minScore = wish.kind === "merge" ? wish.minScore : null;
  const begun = await scope.tx.rows(
    `insert into customers.duplicate_run (tenant_id, id, kind, phase, state, total, min_score, by_actor, by_name, started_at, moved_at)
     select $1, $2, $3, $4, 'running', case when $5::int is null then (select count(*) from customers.member m where m.tenant_id = $1 and m.state in ('active', 'frozen'))
              else (select count(*) from customers.duplicate d where d.tenant_id = $1 and d.state = 'open' and d.score >= $5) end, $5, $6, $7, $8, $8
     on conflict (tenant_id, kind) where state = 'running' do nothing returning id`,
    [scope.tenantId, id, wish.kind, wish.kind === "find" ? "cards" : "pairs", minScore, actorRef(scope.actor), "name" in scope.actor ? scope.actor.name : "", scope.now]);
  if (begun.length === 0) throw runGoesOn();
  await enqueue(scope, TASK, { runId: id });
  audit(scope, { action: `duplicates.${wish.kind}`, subjectKind: "duplicate-run", subjectId: id, after: { minScore } });
  return id;
}

/** Stops after the page that is being worked on; what was found or merged stays. */
export async function cancelRun(scope: Scope, id: string): Promise<void> {
  const rows = await scope.tx.rows("update customers.duplicate_run set state = 'cancelled', ended_at = $3 where tenant_id = $1 and id = $2 and state = 'running' returning 1",
    [scope.tenantId, id, scope.now]);
  if (rows.length === 0) throw notFound({ detail: "No such run is going on" });
}

export const duplicatesTask = (steps: readonly MergeStep[]): Task => ({
  name: TASK,
  run: ({ tenantId, runId }, database) => runOn(database, steps, String(tenantId), String(runId)),
});

/** So many pages or slices at once: while one is read, another is compared. */
const LANES = 2;

async function runOn(database: Database, steps: readonly MergeStep[], tenantId: string, runId: string): Promise<void> {
  const entry = { tenantId, actor: { kind: "system", name: TASK } } as const;
  const inScope: InScope = (work) => database.inScope(entry, work);
  const until = performance.now() + MAX_RUN_MS;
  let namesakes: Namesakes | undefined;
  for (let isMore = true; isMore && performance.now() < until;) {
    const run = await inScope((scope) => readRun(scope, runId));
    if (!run) return;
    if (run.kind === "merge") isMore = await inScope((scope) => mergeNext(scope, steps, runId));
    else if (run.phase === "cards") isMore = await writePages(inScope, run);
    else isMore = await findSlices(inScope, run, namesakes ??= await inScope(countNamesakes));
  }
  if (performance.now() >= until) await inScope((scope) => enqueue(scope, TASK, { runId }));
}

type InScope = <T>(work: (scope: Scope) => Promise<T>) => Promise<T>;

async function readRun({ tx, tenantId }: Scope, id: string, lock: "" | "for update" = ""): Promise<Run | undefined> {
  const [run] = await tx.rows<Run>(
    `select id, kind, phase, cursor_id, slice, min_score from customers.duplicate_run where tenant_id = $1 and id = $2 and state = 'running' ${lock}`, [tenantId, id]);
  return run;
}

interface CardRow {
  id: string;
  is_stale: boolean;
}

/** Cards of members who changed since theirs was written. Each page is its own transaction; the cursor moves when they are written, so that a kill repeats some and leaves out none. */
async function writePages(inScope: InScope, run: Run): Promise<boolean> {
  const rows = await inScope(({ tx, tenantId }) => tx.rows<CardRow>(
    `select m.id, c.member_id is null or c.at <= m.updated_at or c.at <= a.at as is_stale from customers.member m
       left join customers.match_card c on c.tenant_id = $1 and c.member_id = m.id
       left join customers.member_address a on a.tenant_id = $1 and a.member_id = m.id
      where m.tenant_id = $1 and m.id > $2 and m.state in ('active', 'frozen') order by m.id limit ${PAGE * LANES}`, [tenantId, run.cursor_id ?? BEFORE_ALL]));
  const stale = rows.filter((row) => row.is_stale).map((row) => row.id);
  await Promise.all([stale.slice(0, PAGE), stale.slice(PAGE)].filter((page) => page.length > 0).map((page) => inScope((scope) => writeCards(scope, page))));
  const last = rows.at(-1)?.id;
  await inScope((scope) => last
    ? move(scope, run.id, { cursor: last, done: rows.length, found: 0 })
    : scope.tx.rows("update customers.duplicate_run set phase = 'pairs', cursor_id = null where tenant_id = $1 and id = $2", [scope.tenantId, run.id]));
  return true;
}

/** A slice that is looked at twice, as after a kill, finds the pairs that are there already. */
async function findSlices(inScope: InScope, run: Run, namesakes: Namesakes): Promise<boolean> {
  const slices = Array.from({ length: LANES }, (_, at) => run.slice + at).filter((slice) => slice < SLICES);
  const found = (await Promise.all(slices.map((slice) => inScope((scope) => findPairs(scope, slice, namesakes))))).reduce((sum, one) => sum + one, 0);
  const next = run.slice + slices.length;
  return inScope(async (scope) => {
    await scope.tx.rows("update customers.duplicate_run set slice = $3, found = found + $4, moved_at = $5 where tenant_id = $1 and id = $2 and state = 'running'",
      [scope.tenantId, run.id, next, found, scope.now]);
    return next < SLICES || end(scope, run);
  });
}

/** Whoever began it is told. */
async function end(scope: Scope, { id, kind }: Run): Promise<false> {
  const [ended] = await scope.tx.rows<{ by_actor: string; found: number }>(
    "update customers.duplicate_run set state = 'done', ended_at = $3, moved_at = $3 where tenant_id = $1 and id = $2 and state = 'running' returning by_actor, found", [scope.tenantId, id, scope.now]);
  if (ended) await notify(scope, { actors: [ended.by_actor] }, { kind: "run", title: kind === "find" ? "duplicates.found" : "duplicates.merged", params: { found: ended.found }, link: "/duplicates" });
  await listWaiting(scope);
  return false;
}

/** The older membership stays. A pair that cannot be merged now is left for somebody to look at. */
async function mergeNext(scope: Scope, steps: readonly MergeStep[], runId: string): Promise<boolean> {
  const run = await readRun(scope, runId, "for update");
  if (!run) return false;
  const [pair] = await scope.tx.rows<{ id: string; survivor: string; absorbed: string }>(
    `select d.id, case when a.joined_at <= b.joined_at then a.id else b.id end as survivor, case when a.joined_at <= b.joined_at then b.id else a.id end as absorbed
       from customers.duplicate d
       join customers.member a on a.tenant_id = $1 and a.id = d.a_id and a.state = 'active'
       join customers.member b on b.tenant_id = $1 and b.id = d.b_id and b.state = 'active'
      where d.tenant_id = $1 and d.state = 'open' and d.score >= $2 and d.id > $3 order by d.id limit 1`, [scope.tenantId, run.min_score, run.cursor_id ?? BEFORE_ALL]);
  if (!pair) return end(scope, run);
  const isMerged = await tryMerge(scope, steps, pair);
  await move(scope, run.id, { cursor: pair.id, done: 1, found: isMerged ? 1 : 0 });
  return true;
}

async function tryMerge(scope: Scope, steps: readonly MergeStep[], { id, survivor, absorbed }: { id: string; survivor: string; absorbed: string }): Promise<boolean> {
  await scope.tx.rows("savepoint pair", []);
  try {
    await mergeMembers(scope, steps, { survivorId: survivor, absorbedId: absorbed, choices: {}, reason: "批量合并重复会员" });
    await scope.tx.rows("update customers.duplicate set state = 'merged', decided_by = $3, decided_at = $4 where tenant_id = $1 and id = $2", [scope.tenantId, id, actorRef(scope.actor), scope.now]);
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await scope.tx.rows("rollback to savepoint pair", []);
    return false;
  }
}

const move = ({ tx, tenantId, now }: Scope, id: string, { cursor, done, found }: { cursor: string; done: number; found: number }): Promise<unknown> => tx.rows(
  "update customers.duplicate_run set cursor_id = $3, done = done + $4, found = found + $5, moved_at = $6 where tenant_id = $1 and id = $2", [tenantId, id, cursor, done, found, now]);

export const duplicatesSchedule = resumeStalled({ name: "customers.resume-duplicates", table: "customers.duplicate_run", states: ["running"], silentMs: SILENT_MS, task: TASK, key: "runId" });
