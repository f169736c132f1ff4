import type { Database, Entry } from "../../../kernel/db/database.ts";
import { enqueue } from "../../../kernel/events.ts";
import { hint } from "../../../kernel/live.ts";
import type { Task } from "../../../kernel/jobs.ts";
import { forbidden, Problem } from "../../../kernel/problem.ts";
import { boundTo, may, type Actor, type Scope } from "../../../kernel/scope.ts";
import { resumeStalled } from "../../../kernel/stalled-run.ts";
import { findStaffActor } from "../../org/index.ts";
import type { InScope } from "../file.ts";
import { notify } from "../notification/notification.ts";
import { checkRows } from "./check.ts";
import { RunStopped } from "./count.ts";
import { applyPage, undoPage } from "./page.ts";
import { IMPORT_TASK } from "./run.ts";
import { findRun, type RunRow } from "./run.row.ts";
import type { ImportTarget } from "./target.ts";
import { findTarget, refuseKept } from "./targets.ts";

/** One page is prepared here while another is written there. */
const LANES = 2;
/** A job that takes longer is given to a second worker; before that it hands on to itself. */
const MAX_RUN_MS = 600_000;
const SILENT_MS = 30_000;

export const importTask = (targets: readonly ImportTarget[]): Task => ({
  name: IMPORT_TASK,
  run: ({ tenantId, runId }, database) => runImport(database, targets, String(tenantId), String(runId)),
});

async function runImport(database: Database, targets: readonly ImportTarget[], tenantId: string, runId: string): Promise<void> {
  const system: Entry = { tenantId, actor: { kind: "system", name: IMPORT_TASK } };
  const begun = await database.inScope(system, async (scope) => {
    const run = await findRun(scope, runId);
    return run && { run, actor: await actorOf(scope, run) };
  });
  if (!begun || !["checking", "applying", "undoing"].includes(begun.run.state)) return;
  const { run, actor } = begun;
  const inScope: InScope = (work) => database.inScope({ tenantId, actor: actor ?? system.actor }, work);
  try {
    if (!actor) throw forbidden();
    const isOver = await goOn(inScope, targets, run, performance.now() + MAX_RUN_MS);
    await database.inScope(system, (scope) => (isOver ? finish(scope, run) : enqueue(scope, IMPORT_TASK, { runId })));
  } catch (error) {
    if (error instanceof RunStopped) return;
    if (!(error instanceof Problem)) throw error;
    const reason = String(error.extra["reason"] ?? error.code);
    await database.inScope(system, async (scope) => tell(scope, "import.failed", runId, await scope.tx.rows<Over>(
      "update platform.import_run set state = 'failed', reason = $3, moved_at = $4 where tenant_id = $1 and id = $2 and state = $5 returning by_actor, file_name", [tenantId, runId, reason, scope.now, run.state])));
  }
}

/** As they may act now; nobody where they were deactivated or may no longer import. */
async function actorOf(scope: Scope, run: RunRow): Promise<Actor | undefined> {
  if (run.staff_id === null) return scope.actor;
  const actor = await findStaffActor(scope, run.staff_id);
  if (!actor || !may(actor, "imports.manage")) return undefined;
  return boundTo({ tenantId: scope.tenantId, actor, from: scope.from }, "imports.manage").actor;
}

/** Returns whether the step came to its end before `until`. */
async function goOn(inScope: InScope, targets: readonly ImportTarget[], run: RunRow, until: number): Promise<boolean> {
  const { mapping } = run;
  if (!mapping) throw new Error("An import without a mapping runs");
  const { target, fields } = await inScope(async (scope) => {
    const found = await findTarget(scope, targets, run.target);
    refuseKept(found.description.fields, mapping);
    return { target: await found.target.open(scope, { runId: run.id, key: run.target, mapping }), fields: found.description.fields };
  });
  if (run.state === "checking") return checkRows({ inScope, run, mapping, target, fields }, until);
  const page = run.state === "applying" ? applyPage : undoPage;
  await Promise.all(Array.from({ length: LANES }, () => runLane(inScope, (scope) => page(scope, run.id, target), until)));
  return performance.now() < until;
}

async function runLane(inScope: InScope, work: (scope: Scope) => Promise<boolean>, until: number): Promise<void> {
  for (let isMore = true; isMore && performance.now() < until;) isMore = await inScope(work);
}

const ENDED: Readonly<Record<string, { state: string; column: string }>> = {
  checking: { state: "checked", column: "checked_at" }, applying: { state: "applied", column: "applied_at" }, undoing: { state: "undone", column: "undone_at" },
};
/** Pages that another lane or worker is still at keep the run going. */
const OPEN: Readonly<Record<string, string>> = { applying: "and p.outcomes is null", undoing: "and p.outcomes is not null and p.undos is null" };

async function finish(scope: Scope, { id, state }: RunRow): Promise<void> {
  const ended = ENDED[state];
  if (!ended) return;
  const open = OPEN[state] ? `and not exists (select 1 from platform.import_page p where p.tenant_id = $1 and p.run_id = $2 ${OPEN[state]})` : "";
  const over = await scope.tx.rows<Over>(
    `update platform.import_run set state = $4, ${ended.column} = $3, moved_at = $3 where tenant_id = $1 and id = $2 and state = $5 ${open} returning by_actor, file_name`, [scope.tenantId, id, scope.now, ended.state, state]);
  if (state !== "checking") await tell(scope, state === "applying" ? "import.applied" : "import.undone", id, over);
  if (state === "checking") await scope.tx.rows("delete from platform.import_key where tenant_id = $1 and run_id = $2", [scope.tenantId, id]);
  hint(scope, "imports", [id]);
}

interface Over {
  by_actor: string;
  file_name: string;
}

/** Whoever began it hears of its end. */
async function tell(scope: Scope, title: string, id: string, [over]: readonly Over[]): Promise<void> {
  if (over) await notify(scope, { actors: [over.by_actor] }, { kind: "run", title, params: { name: over.file_name }, link: `/imports/${id}` });
}

export const importSchedule = resumeStalled({ name: "platform.resume-imports", table: "platform.import_run", states: ["checking", "applying", "undoing"], silentMs: SILENT_MS, task: IMPORT_TASK, key: "runId" });

/** Runs whose time is over go with their rows: what they wrote stays, and can no longer be undone. */
export async function forgetOldImports({ tx, tenantId, now }: Scope): Promise<void> {
  const gone = await tx.rows<{ id: string }>(
    "delete from platform.import_run where tenant_id = $1 and keep_until < $2 and state not in ('checking', 'applying', 'undoing') returning id", [tenantId, now]);
  if (gone.length > 0) await tx.rows("delete from platform.import_key where tenant_id = $1 and run_id = any($2::uuid[])", [tenantId, gone.map((row) => row.id)]);
}
