import type { ApprovalKind, ChainStep, Level } from "../../../kernel/approval.ts";
import { audit } from "../../../kernel/audit.ts";
import { invalid, notFound, type FieldError } from "../../../kernel/problem.ts";
import { actorRef, type Scope } from "../../../kernel/scope.ts";

export type Kinds = ReadonlyMap<string, ApprovalKind>;

export function kindOf(kinds: Kinds, name: string): ApprovalKind {
  const kind = kinds.get(name);
  if (!kind) throw notFound({ detail: "No such kind of request" });
  return kind;
}

/** A tenant's steps for a kind, or the kind's own where none were set. */
export async function stepsOf(scope: Scope, kind: ApprovalKind): Promise<readonly ChainStep[]> {
  const row = await scope.tx.db.selectFrom("platform.approval_chain").select("steps").where("kind", "=", kind.kind).executeTakeFirst();
  return row ? (row.steps as unknown as ChainStep[]) : kind.defaultSteps;
}

export interface Circumstances {
  amount: number;
  level: Level;
  isAboveLimit: boolean;
}

/** Why a step is left out; nothing: it applies. */
export function leftOut({ when }: ChainStep, { amount, level, isAboveLimit }: Circumstances): "amount" | "level" | "limit" | undefined {
  if (amount < (when.from ?? 0)) return "amount";
  if (when.levels && when.levels.length > 0 && !when.levels.includes(level)) return "level";
  return when.isAboveLimit && !isAboveLimit ? "limit" : undefined;
}

/** The steps that apply. What is above somebody's own limit always asks, whatever else a tenant has set up. */
export function applying(steps: readonly ChainStep[], kind: ApprovalKind, circumstances: Circumstances): ChainStep[] {
  const those = (of: readonly ChainStep[]) => of.filter((step) => !leftOut(step, circumstances));
  const own = those(steps);
  return own.length > 0 || !circumstances.isAboveLimit ? own : those(kind.defaultSteps);
}

/** Sets a kind's chain; `null` gives the kind's own back. Throws `invalid` where nobody could decide at a step. */
export async function setChain(scope: Scope, kind: ApprovalKind, steps: readonly ChainStep[] | null): Promise<void> {
  const before = await stepsOf(scope, kind);
  await refuseEmpty(scope, kind, steps ?? []);
  if (steps) {
    const row = { kind: kind.kind, steps: JSON.stringify(steps), updated_at: scope.now, updated_by: actorRef(scope.actor) };
    await scope.tx.db.insertInto("platform.approval_chain").values(row).onConflict((on) => on.columns(["tenant_id", "kind"]).doUpdateSet(row)).execute();
  } else {
    await scope.tx.db.deleteFrom("platform.approval_chain").where("kind", "=", kind.kind).execute();
  }
  audit(scope, { action: "approval-chain.set", subjectKind: "approval-chain", subjectId: kind.kind, before: { steps: before }, after: { steps: steps ?? kind.defaultSteps } });
}

/** A step that names nobody who works here would never be decided. */
async function refuseEmpty({ tx, tenantId }: Scope, kind: ApprovalKind, steps: readonly ChainStep[]): Promise<void> {
  const errors: FieldError[] = [];
  const anybody = async (staffIds: readonly string[] | null, roleIds: readonly string[] | null, permission: string | null, level: Level | null): Promise<boolean> => {
    const [one] = await tx.rows(
      `select 1 from org.staff s where s.tenant_id = $1 and s.state = 'active' and ($2::uuid[] is null or s.id = any($2))
          and ($2::uuid[] is not null or exists (
            select 1 from org.staff_role a join org.role r on r.tenant_id = $1 and r.id = a.role_id join org.unit u on u.tenant_id = $1 and u.id = a.unit_id
             where a.tenant_id = $1 and a.staff_id = s.id and ($3::uuid[] is null or r.id = any($3)) and ($4::text is null or $4 = any(r.permissions)) and ($5::text is null or u.kind = $5))) limit 1`,
      [tenantId, staffIds, roleIds, permission, level]);
    return one !== undefined;
  };
  for (const [no, { who, escalateTo }] of steps.entries()) {
    const isHeld = who.kind === "staff" ? await anybody(who.staffIds, null, null, null)
      : who.kind === "roles" ? await anybody(null, who.roleIds, null, null)
        : who.kind === "leader" ? await anybody(null, [who.roleId], null, who.level) : await anybody(null, null, kind.canDecide ?? kind.can, null);
    if (!isHeld) errors.push({ field: `steps.${no}.who`, code: "nobody", message: "nobody who works here could decide" });
    if (escalateTo?.kind === "staff" && !(await anybody(escalateTo.staffIds, null, null, null))) errors.push({ field: `steps.${no}.escalateTo`, code: "nobody", message: "nobody who works here could decide" });
  }
  if (errors.length > 0) throw invalid({ errors });
}
