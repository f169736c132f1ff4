import type { Database, Entry } from "../../../kernel/db/database.ts";
import { addDays, dayOf, endOfDay, startOfDay } from "../../../kernel/days.ts";
import { enqueue } from "../../../kernel/events.ts";
import type { Schedule, Task } from "../../../kernel/jobs.ts";
import { Problem } from "../../../kernel/problem.ts";
import { newId, type Scope } from "../../../kernel/scope.ts";
import { listCelebrations, lockMembers } from "../../customers/index.ts";
import { standingConditions } from "../audience.ts";
import { eachPage } from "../pages.ts";
import { Parameters } from "../reach.ts";
import { tierIdsOf } from "../tier-held.view.ts";
import { liveBenefits, type BenefitTerms } from "./benefit.view.ts";
import { give } from "./gift.ts";
import { isForTier, isPeriodic, writeGrants, type NewGrant } from "./grant.ts";
import { termOf } from "./period.ts";
import { writeUses } from "./use.ts";

const TASK = "loyalty.grant-benefits";
/** Of those who get something at once a till may be serving one, and a batch of orders waits with each: 50 are held some 50 ms. The others are only written down. */
const PAGE = { given: 50, granted: 5_000 };
/** Lunar years are 353 days or longer: whoever had a gift within these has moved the birthday. */
const BIRTHDAY_PAUSE_MS = 300 * 86_400_000;

/** Gives what arrives by itself, page after page, each in a transaction of its own. Other rights of a period are there when somebody looks (`ensureGrants`). */
async function grantAll(database: Database, entry: Entry): Promise<void> {
  for (const benefit of await database.inScope(entry, liveBenefits)) {
    const isBirthday = benefit.grantOn === "birthday";
    if (!isBirthday && !(isPeriodic(benefit.grantOn) && benefit.isAutomatic)) continue;
    const page = isBirthday ? birthdayPage : periodPage;
    await eachPage<string>(async (after) => {
      const run = (isGiving: boolean) => database.inScope(entry, (scope) => page(scope, benefit, { after, isGiving }));
      try {
        return await run(benefit.isAutomatic);
      } catch (error) {
        // No coupons left, say: the right stays, and is claimed when there are some again.
        if (!(error instanceof Problem) || !benefit.isAutomatic) throw error;
        return run(false);
      }
    });
  }
}

interface PageOptions {
  after: string | undefined;
  isGiving: boolean;
}

const sizeOf = (benefit: BenefitTerms): number => (benefit.isAutomatic ? PAGE.given : PAGE.granted);

async function birthdayPage(scope: Scope, benefit: BenefitTerms, { after, isGiving }: PageOptions): Promise<string | undefined> {
  const today = dayOf(scope.now, scope.zone);
  const { celebrations, next } = await listCelebrations(scope, { from: today, until: addDays(today, benefit.leadDays), after, limit: sizeOf(benefit) });
  const ids = celebrations.map((one) => one.memberId);
  const [tiers, recent] = [await tierIdsOf(scope, ids), await hadBirthday(scope, benefit.id, ids)];
  const grants = celebrations.flatMap(({ memberId, on, year }): NewGrant[] => (recent.has(memberId) || !isForTier(benefit, tiers.get(memberId)) ? [] : [{
    memberId, period: `birthday-${year}`, from: startOfDay(today, scope.zone), until: endOfDay(addDays(on, benefit.validDays), scope.zone),
  }]));
  await grantAndGive(scope, benefit, grants, isGiving);
  return next;
}

/** Whoever had this gift not long ago has changed the birthday since: once a year, however often the date is edited. */
async function hadBirthday({ tx, tenantId, now }: Scope, benefitId: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ member_id: string }>(
    `select member_id from loyalty.benefit_grant
      where tenant_id = $1 and benefit_id = $2 and member_id = any($3::uuid[]) and period like 'birthday-%' and granted_at > $4`,
    [tenantId, benefitId, ids, new Date(now.getTime() - BIRTHDAY_PAUSE_MS)]);
  return new Set(rows.map((row) => row.member_id));
}

async function periodPage(scope: Scope, benefit: BenefitTerms, { after, isGiving }: PageOptions): Promise<string | undefined> {
  if (!isPeriodic(benefit.grantOn)) return undefined;
  const term = termOf(benefit.grantOn, dayOf(scope.now, scope.zone), scope.zone);
  const limit = sizeOf(benefit);
  const parameters = new Parameters(scope.tenantId);
  const { bind } = parameters;
  const inTiers = await standingConditions(scope, { tierIds: benefit.tierIds }, bind);
  // Whoever has it is passed over by the statement: on most nights that is everybody.
  const rows = await scope.tx.rows<{ id: string }>(
    `select m.id from customers.member m
      where m.tenant_id = $1 and m.state = 'active' and (${bind(after ?? null)}::uuid is null or m.id > ${bind(after ?? null)}::uuid)
        and not exists (select 1 from loyalty.benefit_grant g where g.tenant_id = $1 and g.member_id = m.id and g.benefit_id = ${bind(benefit.id)} and g.period = ${bind(term.period)})
        ${inTiers.map((condition) => `and ${condition}`).join(" ")}
      order by m.id limit ${bind(limit)}`, parameters.values);
  await grantAndGive(scope, benefit, rows.map(({ id }) => ({ memberId: id, ...term })), isGiving);
  return rows.length === limit ? rows.at(-1)?.id : undefined;
}

async function grantAndGive(scope: Scope, benefit: BenefitTerms, grants: readonly NewGrant[], isGiving: boolean): Promise<void> {
  if (!isGiving) return void (await writeGrants(scope, benefit, grants));
  const members = await lockMembers(scope, grants.map((one) => one.memberId));
  const granted = await writeGrants(scope, benefit, grants.filter((one) => members.get(one.memberId)?.state === "active"));
  const receivers = [...granted].map(([memberId, grantId]) => ({ memberId, grantId, useId: newId<"benefit-use">(scope) }));
  const outcomes = await give(scope, benefit, receivers);
  const uses = receivers.flatMap((one) => {
    const outcome = outcomes.get(one.useId);
    return outcome ? [{ ...one, outcome }] : [];
  });
  if (uses.length === 0) return;
  writeUses(scope, benefit, uses);
  scope.tx.write("update loyalty.benefit_grant set used = used + 1 where tenant_id = $1 and id = any($2::uuid[])", [scope.tenantId, uses.map((one) => one.grantId)]);
}

export const benefitTasks: readonly Task[] = [
  { name: TASK, run: ({ tenantId }, database) => grantAll(database, { tenantId: String(tenantId), actor: { kind: "system", name: TASK } }) },
];
export const benefitSchedules: readonly Schedule[] = [
  { name: "loyalty.benefits-nightly", cron: "10 1 * * *", zone: "Asia/Shanghai", run: (scope) => enqueue(scope, TASK, {}) },
];
