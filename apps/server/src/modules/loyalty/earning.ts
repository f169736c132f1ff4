import { earnPoints, type EarnLine } from "@shuke/offers";
import { POINTS_EARNED, type PointsEarned } from "../../events/loyalty.ts";
import { TOP_UP_DONE, type TopUpDone } from "../../events/payments.ts";
import { dayOf } from "../../kernel/days.ts";
import { publish, type Subscriber } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import type { Fen } from "../../kernel/money.ts";
import { problem } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { openBirthdayWindows, survivorOf } from "../customers/index.ts";
import { balancesOf, Journal } from "../ledger/index.ts";
import { Counters } from "./counter.ts";
import { keepStandings } from "./evaluation.ts";
import { activeFromOf, expiryOf } from "./lifetime.ts";
import { lockHolder } from "./points.ts";
import { currentProgram, POINTS, type Program } from "./program.ts";
import { tierOf } from "./qualifying.ts";
import { addGrowth, readStandings, upgrade } from "./standing.ts";

export const otherMembersEvent = problem("loyalty/other-members-event", 409, "This reference has earned points for another member");

export const noCheckIn = problem("loyalty/no-check-in", 409, "Checking in brings nothing here");

export interface Earning {
  memberId: string;
  source: PointsEarned["source"];
  /** What makes a repetition harmless: the review's id, the day of a check-in. */
  reference: string;
  /** Of a top-up: what was paid in. */
  amountFen?: Fen | undefined;
  storeId?: string | undefined;
  note?: string | undefined;
}

interface Known {
  id: string;
  member_id: string;
  points: number;
  growth: number;
  at: Date;
}

/**
 * Something that is no order earns what the rules of its source give, once for each reference, within their caps. What was
 * given for a reference is answered again to whoever repeats it.
 */
export async function earnFromSource(scope: Scope, earning: Earning) {
  const { memberId, source, reference } = earning;
  await lockHolder(scope, memberId);
  const key = { holderId: memberId, asset: POINTS };
  const journal = await Journal.open(scope, [key]);
  const id = newId<"earning">(scope);
  const [known] = await scope.tx.rows<Known>(
    "select id, member_id, points, growth, at from loyalty.points_earning where tenant_id = $1 and source = $2 and reference = $3", [scope.tenantId, source, reference]);
  if (known && known.member_id !== memberId) throw otherMembersEvent();
  const result = known ?? await record(scope, earning, journal, id);
  // Whoever began a moment earlier and waited sees what was given meanwhile as given, not as to come.
  const balance = balancesOf(journal.find(key), known && known.at > scope.now ? known.at : scope.now);
  journal.close();
  return { id: result.id, memberId, source, reference, points: result.points, growth: result.growth, repeated: known !== undefined, balance };
}

async function record(scope: Scope, earning: Earning, journal: Journal, id: string): Promise<Pick<Known, "id" | "points" | "growth">> {
  const { memberId, source, reference, storeId = null, note = null } = earning;
  const [program, standings] = await Promise.all([currentProgram(scope), readStandings(scope, [memberId])]);
  const standing = standings.get(memberId);
  const counters = await Counters.open(scope, program, [memberId]);
  const birthday = program.hasBirthdayRules ? (await openBirthdayWindows(scope, [memberId], dayOf(scope.now, scope.zone))).get(memberId) : undefined;
  const earned = earnPoints(linesOf(earning), program.earning, {
    storeId: storeId ?? "", channel: source, source, now: scope.now.getTime(), left: counters.left(memberId),
    member: { tierId: tierOf(program, standing?.tierId ?? null)?.id ?? null, segments: [], firstOrder: (standing?.orders ?? 0) === 0, birthday },
  });
  counters.count(memberId, earned);
  counters.close();
  const growth = earned.ruleIds.reduce((sum, rule) => sum + (program.growthOf.get(rule) ?? 0), 0);
  await scope.tx.db.insertInto("loyalty.points_earning").values({ source, reference, id, member_id: memberId, points: earned.points, growth, note, at: scope.now }).execute();
  const activeFrom = activeFromOf(program, scope.now, scope.zone);
  journal.credit({ holderId: memberId, asset: POINTS }, {
    amount: earned.points, kind: `earn.${source}`, counter: "issued", refId: id, memo: note ?? earned.ruleIds.map((rule) => program.ruleNames.get(rule)).join("、"),
    earnedAt: scope.now, activeFrom, expiresAt: expiryOf(program, scope.now, scope.zone, activeFrom), originKind: source, originId: id, storeId, ruleVersion: null,
  });
  if (standing && growth > 0) {
    addGrowth(standing, scope.now, scope.zone, growth);
    const change = upgrade(standing, program, scope.now, scope.zone);
    await keepStandings(scope, program, [standing], change ? [change] : []);
  }
  if (earned.points > 0) await publish(scope, POINTS_EARNED, memberId, { memberId, points: earned.points, source, reference } satisfies PointsEarned);
  hint(scope, "members", [memberId]);
  return { id, points: earned.points, growth };
}

/** A member's own check-in, once a day in the brand's zone; only where a rule gives something for it. */
export async function checkIn(scope: Scope, memberId: string) {
  if (!earnsFrom(await currentProgram(scope), "check-in")) throw noCheckIn();
  return earnFromSource(scope, { memberId, source: "check-in", reference: checkInOf(scope, memberId) });
}

/** Whether there is a check-in at all, and whether the member's of today is done. */
export async function checkInToday(scope: Scope, memberId: string): Promise<{ isOpen: boolean; isDone: boolean }> {
  const [program, done] = await Promise.all([currentProgram(scope), scope.tx.rows(
    "select 1 from loyalty.points_earning where tenant_id = $1 and source = 'check-in' and reference = $2", [scope.tenantId, checkInOf(scope, memberId)])]);
  return { isOpen: earnsFrom(program, "check-in"), isDone: done.length > 0 };
}

const checkInOf = ({ now, zone }: Scope, memberId: string): string => `${memberId}:${dayOf(now, zone)}`;
const earnsFrom = (program: Program, source: Earning["source"]): boolean => program.earning.rules.some((rule) => rule.sources?.includes(source));

/** An amount is one line of it; a check-in has none. */
const linesOf = ({ amountFen, source }: Earning): EarnLine[] =>
  (amountFen ? [{ sku: source, category: null, tags: [], quantity: 1, netFen: amountFen }] : []);

/** A top-up earns what its rules give. Without such a rule nothing happens, so the member is not even locked. */
const topUps: Subscriber = {
  name: "loyalty.top-up-earns", on: [TOP_UP_DONE],
  async handle(scope, events) {
    if (!earnsFrom(await currentProgram(scope), "top-up")) return;
    for (const { payload } of events) {
      const { topUpId, memberId, principalFen, storeId } = payload as unknown as TopUpDone;
      await earnFromSource(scope, { memberId: await survivorOf(scope, memberId), source: "top-up", reference: topUpId, amountFen: principalFen, ...(storeId ? { storeId } : {}) });
    }
  },
};

export const subscribers: readonly Subscriber[] = [topUps];
