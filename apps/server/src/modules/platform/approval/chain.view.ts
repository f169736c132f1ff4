import type { z } from "zod";
import { fieldProblem } from "../../../kernel/problem.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { staffNames } from "../../org/index.ts";
import { isCalled } from "../comment/colleague.ts";
import { applying, leftOut, stepsOf, type Kinds } from "./chain.ts";
import type { ApprovalKind, ChainStep } from "../../../kernel/approval.ts";
import { activeStaff, administrators, deciders, ownPlace, unitPlace } from "./people.ts";
import type { chainReply, colleagueList, tryBody, tryReply } from "./schema.ts";

const MAX_COLLEAGUES = 50;

/** Every kind with its chain. */
export async function listChains(scope: Scope, kinds: Kinds): Promise<{ items: z.input<typeof chainReply>[]; nextCursor: null }> {
  const rows = await scope.tx.db.selectFrom("platform.approval_chain").select(["kind", "steps", "updated_at", "updated_by"]).execute();
  const names = await staffNames(scope, rows.flatMap((row) => [row.updated_by, ...namedBy(row.steps as unknown as ChainStep[]).map((id) => `staff:${id}`)]));
  return {
    items: [...kinds.values()].map(({ kind, names: texts, unit, can, mayAlone, defaultSteps }) => {
      const row = rows.find((one) => one.kind === kind);
      const steps = row ? (row.steps as unknown as ChainStep[]) : [...defaultSteps];
      return {
        kind, names: texts, unit, can, hasLimit: mayAlone !== undefined, steps, isDefault: !row, people: namedBy(steps).map((id) => ({ id, name: names.get(`staff:${id}`) ?? "" })),
        updatedAt: row?.updated_at.toISOString() ?? null, updatedBy: row ? (names.get(row.updated_by) ?? null) : null,
      };
    }),
    nextCursor: null,
  };
}

/** Whom steps name one by one. */
const namedBy = (steps: readonly ChainStep[]): string[] =>
  [...new Set(steps.flatMap(({ who, escalateTo }) => [...(who.kind === "staff" ? who.staffIds : []), ...(escalateTo?.kind === "staff" ? escalateTo.staffIds : [])]))];

/** Who would decide if this person asked for this much, here? Changes nothing; `steps` tries a draft. */
export async function tryChain(scope: Scope, kind: ApprovalKind, { staffId, unitId, amount, isAboveLimit, steps }: z.output<typeof tryBody>): Promise<z.input<typeof tryReply>> {
  const [asker] = await activeStaff(scope, [staffId], "00000000-0000-0000-0000-000000000000");
  if (!asker) throw fieldProblem("staffId", "unknown", "is nobody who works here");
  const own = await ownPlace(scope, staffId, kind.can);
  const place = unitId ? await unitPlace(scope, unitId) : own;
  if (!place) throw unitId ? fieldProblem("unitId", "unknown", "is no unit") : fieldProblem("staffId", "not-allowed", "may not ask for this at all");
  const above = isAboveLimit ?? (kind.mayAlone ? (await kind.mayAlone(scope, [staffId], amount)).length === 0 : false);
  const circumstances = { amount, level: (own ?? place).kind, isAboveLimit: above };
  const draft = steps ?? (await stepsOf(scope, kind));
  const those = applying(draft, kind, circumstances);
  const asked = { kind, place, askerId: staffId, amount };
  const tried = [];
  for (const step of draft.some((one) => those.includes(one)) ? draft : [...draft, ...those]) {
    const applies = those.includes(step);
    const found = applies ? await deciders(scope, step.who, asked) : [];
    const isFallback = applies && found.length === 0;
    tried.push({ name: step.name, mode: step.mode, applies, leftOut: leftOut(step, circumstances) ?? null, people: isFallback ? await administrators(scope, asked) : found, isFallback });
  }
  return { isAsked: those.length > 0, asker: asker.name, place: place.name, steps: tried };
}

/** Whom somebody may hand a decision to: everybody who works here, by name, pinyin, initials or account. */
export async function listColleagues({ tx, tenantId }: Scope, q = ""): Promise<z.input<typeof colleagueList>> {
  const rows = await tx.rows<{ id: string; name: string; account: string; roles: string }>(
    `select s.id, s.name, s.account, coalesce(string_agg(distinct r.name || ' · ' || u.name, ' / '), '') as roles from org.staff s
       left join org.staff_role a on a.tenant_id = $1 and a.staff_id = s.id
       left join org.role r on r.tenant_id = $1 and r.id = a.role_id
       left join org.unit u on u.tenant_id = $1 and u.id = a.unit_id
      where s.tenant_id = $1 and s.state = 'active' group by s.id, s.name, s.account order by s.name, s.id`, [tenantId]);
  const items = rows.filter((one) => isCalled(one, q)).slice(0, MAX_COLLEAGUES).map(({ account: _account, ...one }) => one);
  return { items, nextCursor: null };
}
