import { withdrawalQuote } from "@shuke/offers";
import type { z } from "zod";
import { audit } from "../../kernel/audit.ts";
import { fieldProblem, notFound } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { NAMED_CARD_LIMIT_FEN } from "./card-limit.ts";
import type { plan, PlanBody, PlanPatch } from "./payments.schema.ts";

export type TopUpPlan = z.input<typeof plan>;
type PlanTerms = Omit<TopUpPlan, "refunds">;

interface PlanRow {
  id: string;
  name: string;
  principal_fen: number;
  bonus_fen: number;
  position: number;
  state: "live" | "ended";
}

const SELECT = "select id, name, principal_fen, bonus_fen, position, state from payments.top_up_plan where tenant_id = $1";

const planOf = (row: PlanRow): PlanTerms => ({
  id: row.id, name: row.name, principalFen: row.principal_fen, bonusFen: row.bonus_fen, position: row.position, isActive: row.state === "live",
});

/** What a guest would get back: of nothing spent, of a half, and of as much as was paid. The same function gives it back one day. */
function withRefunds(one: PlanTerms): TopUpPlan {
  const { principalFen: paidFen, bonusFen } = one;
  const back = (spentFen: number, cause: "consumer" | "merchant") => withdrawalQuote({ kind: "stored-value", paidFen, bonusFen, consumedFaceFen: spentFen }, { cause }).refundFen;
  const refunds = [0, Math.floor(paidFen / 2), paidFen].map((spentFen) => ({ spentFen, consumerFen: back(spentFen, "consumer"), merchantFen: back(spentFen, "merchant") }));
  return { ...one, refunds };
}

export async function createPlan(scope: Scope, body: PlanBody): Promise<TopUpPlan> {
  refuseTooMuch(body);
  const made = { id: newId<"top-up-plan">(scope), ...body };
  await scope.tx.db.insertInto("payments.top_up_plan").values({ id: made.id, ...columnsOf(made) }).execute();
  audit(scope, { action: "top-up-plan.create", subjectKind: "top-up-plan", subjectId: made.id, after: made });
  return withRefunds(made);
}

/** Top-ups that were made keep what they gave. */
export async function changePlan(scope: Scope, id: string, patch: PlanPatch): Promise<TopUpPlan> {
  const [row] = await scope.tx.rows<PlanRow>(`${SELECT} and id = $2 for update`, [scope.tenantId, id]);
  if (!row) throw notFound({ detail: "No such top-up plan" });
  const before = planOf(row);
  const after: PlanTerms = {
    id, name: patch.name ?? before.name, principalFen: patch.principalFen ?? before.principalFen, bonusFen: patch.bonusFen ?? before.bonusFen,
    position: patch.position ?? before.position, isActive: patch.isActive ?? before.isActive,
  };
  refuseTooMuch(after);
  await scope.tx.db.updateTable("payments.top_up_plan").set(columnsOf(after)).where("id", "=", id).execute();
  audit(scope, { action: "top-up-plan.change", subjectKind: "top-up-plan", subjectId: id, before, after });
  return withRefunds(after);
}

const columnsOf = (one: Omit<PlanTerms, "id">) => ({
  name: one.name, principal_fen: one.principalFen, bonus_fen: one.bonusFen, position: one.position, state: one.isActive ? "live" : "ended",
});

function refuseTooMuch({ principalFen, bonusFen }: Pick<TopUpPlan, "principalFen" | "bonusFen">): void {
  if (principalFen + bonusFen > NAMED_CARD_LIMIT_FEN) {
    throw fieldProblem("bonusFen", "over-card-limit", `principal and bonus together may not pass ${NAMED_CARD_LIMIT_FEN} fen, the limit of a named card`);
  }
}

/** All plans for staff, those on offer for members. */
export async function listPlans(scope: Scope, { onOffer }: { onOffer: boolean }): Promise<TopUpPlan[]> {
  const rows = await scope.tx.rows<PlanRow>(`${SELECT} and ($2 = false or state = 'live') order by position, principal_fen, id`, [scope.tenantId, onOffer]);
  return rows.map((row) => withRefunds(planOf(row)));
}

/** A plan on offer. Throws `fieldProblem`. */
export async function offeredPlan(scope: Scope, id: string): Promise<TopUpPlan> {
  const [row] = await scope.tx.rows<PlanRow>(`${SELECT} and id = $2 and state = 'live'`, [scope.tenantId, id]);
  if (!row) throw fieldProblem("planId", "unknown", "no such plan on offer");
  return withRefunds(planOf(row));
}
