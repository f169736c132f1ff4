import { sqlState } from "../../kernel/db/database.ts";
import { fieldProblem, invalid, problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { lockDefinition, type Definition } from "../objects/index.ts";
import { audit } from "../platform/index.ts";
import { tellSeas } from "./live.ts";
import type { NewPool, PoolPatch } from "./pool.schema.ts";
import { getPool, listPools, patched, refuseArchived, rulesOf, type Pool, type Rules } from "./pool.view.ts";
import { startWalk } from "./walk.ts";

export const poolHasRecords = problem("sales/pool-has-records", 409, "There are records in this pool: name another pool of the object that takes them");
export const defaultPool = problem("sales/default-pool", 409, "New records go to this pool: make another one the default first");
const MAX_POOLS = 50;
const UNIQUE_VIOLATION = "23505";

const NO_RULES = { nameEn: "", capacity: null, claimsPerDay: null, idleDays: null, winDays: null, wonStages: [], coolDownDays: 0, extensions: 0, extensionDays: 0 } satisfies Omit<Rules, "name">;

/** Makes a pool; the first of an object takes the records there are. Throws `invalid`, `notFound`. */
export async function createPool(scope: Scope, { object, isDefault = false, ...said }: NewPool): Promise<{ id: string }> {
  // No record is made meanwhile: each is either in the walk, or told of after the pool is there.
  const definition = await lockDefinition(scope, object);
  if (!definition.table.isOwn) throw fieldProblem("object", "built-in", "is no object of your own");
  const others = await listPools(scope, object);
  if (others.length >= MAX_POOLS) throw fieldProblem("object", "too-many", `has ${MAX_POOLS} pools, which is as many as there may be`);
  const rules = patched({ ...NO_RULES, name: said.name }, said);
  demandStages(definition, rules.wonStages);
  const isFirst = others.length === 0;
  if (isDefault) await leaveDefault(scope, definition.id);
  const id = newId<"pool">(scope);
  const bound = RULE_COLUMNS.map((_, at) => `$${at + 7}`).join(", ");
  await orTaken(scope.tx.rows(
    `insert into sales.pool (tenant_id, id, object_id, created_at, created_by, updated_at, is_default, ${RULE_COLUMNS.join(", ")}) values ($1, $2, $3, $4, $5, $4, $6, ${bound})`,
    [scope.tenantId, id, definition.id, scope.now, actorRef(scope.actor), isDefault || isFirst, ...ruleValues(rules)]));
  audit(scope, { action: "pool.create", subjectKind: "pool", subjectId: id, after: { object, ...rules, isDefault: isDefault || isFirst } });
  tellSeas(scope, [id]);
  if (isFirst) await startWalk(scope, { poolId: id, purpose: "fill" });
  return { id };
}

/** Other rules hold for what is in the pool already: its dates are worked out again. Throws `invalid`, `poolArchived`. */
export async function changePool(scope: Scope, id: string, patch: PoolPatch): Promise<void> {
  const { pool: before, definition } = await lockPool(scope, id);
  const rules = patched(before, patch);
  demandStages(definition, rules.wonStages);
  if (patch.isDefault && !before.isDefault) await leaveDefault(scope, before.objectId);
  const assigned = RULE_COLUMNS.map((column, at) => `${column} = $${at + 5}`).join(", ");
  await orTaken(scope.tx.rows(
    `update sales.pool set updated_at = $3, is_default = is_default or $4, ${assigned} where tenant_id = $1 and id = $2`,
    [scope.tenantId, id, scope.now, patch.isDefault ?? false, ...ruleValues(rules)]));
  audit(scope, { action: "pool.change", subjectKind: "pool", subjectId: id, before: { ...rulesOf(before), isDefault: before.isDefault }, after: { ...rules, isDefault: before.isDefault || patch.isDefault } });
  tellSeas(scope, [id]);
  if (DATING.some((name) => String(rules[name]) !== String(before[name]))) await startWalk(scope, { poolId: id, purpose: "dues" });
}

/** Nothing goes in any more; its records go to another pool of the object. Throws `poolHasRecords`, `defaultPool`. */
export async function archivePool(scope: Scope, id: string, toPoolId: string | undefined): Promise<void> {
  const { pool } = await lockPool(scope, id);
  const others = (await listPools(scope, pool.objectKey)).filter((one) => one.id !== id);
  if (toPoolId !== undefined && !others.some((one) => one.id === toPoolId)) throw fieldProblem("toPoolId", "unknown", "is no other pool of this object");
  if (pool.isDefault && others.length > 0) throw defaultPool();
  const [left] = await scope.tx.rows("select 1 from sales.holding where tenant_id = $1 and pool_id = $2 limit 1", [scope.tenantId, id]);
  if (left && toPoolId === undefined) throw poolHasRecords();
  await scope.tx.rows("update sales.pool set archived_at = $3, updated_at = $3 where tenant_id = $1 and id = $2", [scope.tenantId, id, scope.now]);
  audit(scope, { action: "pool.archive", subjectKind: "pool", subjectId: id, after: { toPoolId } });
  tellSeas(scope, [id]);
  if (left && toPoolId !== undefined) await startWalk(scope, { poolId: id, purpose: "empty", toPoolId });
}

/** Pools of one object change one after the other: which is the default, and which takes another's records, is theirs together. */
async function lockPool(scope: Scope, id: string): Promise<{ pool: Pool; definition: Definition }> {
  const { objectKey } = refuseArchived(await getPool(scope, id));
  const definition = await lockDefinition(scope, objectKey);
  return { definition, pool: refuseArchived(await getPool(scope, id, "change")) };
}

const leaveDefault = (scope: Scope, objectId: string): Promise<unknown> =>
  scope.tx.rows("update sales.pool set is_default = false where tenant_id = $1 and object_id = $2 and is_default", [scope.tenantId, objectId]);

/** What dates depend on. */
const DATING = ["idleDays", "winDays", "wonStages", "extensionDays"] as const satisfies (keyof Rules)[];
const RULE_COLUMNS = ["name", "name_en", "capacity", "claims_per_day", "idle_days", "win_days", "won_stages", "cool_down_days", "extensions", "extension_days"];
const ruleValues = (rules: Rules): unknown[] =>
  [rules.name, rules.nameEn, rules.capacity, rules.claimsPerDay, rules.idleDays, rules.winDays, rules.wonStages, rules.coolDownDays, rules.extensions, rules.extensionDays];

function demandStages(definition: Definition, wonStages: readonly string[]): void {
  const stages = definition.fields.find((field) => field.id === definition.stageFieldId)?.settings.options ?? [];
  const errors = wonStages.flatMap((stage, at) => (stages.some((option) => option.key === stage) ? [] : [{ field: `wonStages.${at}`, code: "unknown", message: `${stage} is no stage of ${definition.name}` }]));
  if (errors.length > 0) throw invalid({ errors });
}

const orTaken = (written: Promise<unknown>): Promise<unknown> => written.catch((error: unknown) => {
  throw sqlState(error) === UNIQUE_VIOLATION ? fieldProblem("name", "taken", "is the name of another pool of this object") : error;
});
