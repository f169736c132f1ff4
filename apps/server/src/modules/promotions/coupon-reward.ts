import type { OrderPaid, OrderReturned } from "../../events/commerce.ts";
import type { MemberRegistered } from "../../events/customers.ts";
import { survivorsOf } from "../customers/index.ts";
import { COUPON_VOIDED, type CouponVoided } from "../../events/promotions.ts";
import type { DomainEvent } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import { Problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { liveRules, type LiveRule } from "./coupon-rule.ts";
import { issueCoupons, type Origin } from "./issue.ts";

/** Orders and members taken over from another system tell of their past; nobody is rewarded for that. */
const FRESH_MS = 86_400_000;
const JOINED_HERE = new Set<MemberRegistered["via"]>(["till", "h5", "mini-program", "api"]);
const RETURNED = "带来这张券的订单已退款";

interface Reward {
  orderId: string;
  memberId: string;
  templateId: string;
  count: number;
  netFen: number;
  minimumFen: number;
}

/** Coupons that paid orders bring: by a rule of the brand, or by an offer of the kind next-order-coupon. */
export async function rewardOrders(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  const orders = events.map((event) => event.payload as unknown as OrderPaid)
    .filter((order) => order.memberId !== null && scope.now.getTime() - Date.parse(order.paidAt) < FRESH_MS);
  if (orders.length === 0) return;
  const rules = await liveRules(scope, "order-paid");
  const rewards = await toSurvivors(scope, orders.flatMap((order) => rewardsOf(order, rules)));
  for (const [templateId, ofTemplate] of Map.groupBy(rewards, (one) => one.templateId)) await grant(scope, templateId, ofTemplate);
}

function rewardsOf(order: OrderPaid, rules: readonly LiveRule[]): Reward[] {
  const base = { orderId: order.orderId, memberId: order.memberId ?? "", netFen: order.netFen };
  return [
    ...rules.filter((rule) => Date.parse(order.paidAt) >= rule.since.getTime() && order.netFen >= rule.minimumFen && (rule.storeIds.length === 0 || rule.storeIds.includes(order.storeId))
      && (rule.channels.length === 0 || rule.channels.includes(order.channel)))
      .map(({ templateId, count, minimumFen }) => ({ ...base, templateId, count, minimumFen })),
    ...(order.issues ?? []).map(({ templateId, count }) => ({ ...base, templateId, count, minimumFen: 0 })),
  ];
}

/** Of members who were merged between their order and now, the survivor gets it. */
async function toSurvivors<One extends { memberId: string }>(scope: Scope, ones: readonly One[]): Promise<One[]> {
  const survivors = ones.length > 0 ? await survivorsOf(scope, ones.map((one) => one.memberId)) : new Map<string, string>();
  return ones.map((one) => ({ ...one, memberId: survivors.get(one.memberId) ?? one.memberId }));
}

/** In rounds of one coupon a member, so that rewards of one template are few statements, however many orders there are. */
async function grant(scope: Scope, templateId: string, rewards: readonly Reward[]): Promise<void> {
  const rounds: Map<string, Reward>[] = [];
  for (const reward of rewards) {
    for (let at = 0; at < reward.count; at++) {
      let round = rounds.find((one) => !one.has(reward.memberId));
      if (!round) rounds.push(round = new Map());
      round.set(reward.memberId, reward);
    }
  }
  for (const round of rounds) await grantRound(scope, templateId, round);
}

async function grantRound(scope: Scope, templateId: string, byMember: ReadonlyMap<string, Reward>): Promise<void> {
  const issued = await issueIfLeft(scope, templateId, [...byMember.keys()], { how: "order", sourceOf: (memberId) => byMember.get(memberId)?.orderId });
  const rewarded = issued.flatMap((memberId) => byMember.get(memberId) ?? []);
  if (rewarded.length === 0) return;
  await scope.tx.rows(
    `insert into promotions.coupon_reward (tenant_id, order_id, template_id, member_id, net_fen, minimum_fen, at)
     select $1, v.order_id, $2, v.member_id, v.net, v.minimum, $3 from unnest($4::text[], $5::uuid[], $6::bigint[], $7::bigint[]) as v(order_id, member_id, net, minimum)
     on conflict (tenant_id, order_id, template_id) do nothing`,
    [scope.tenantId, templateId, scope.now, rewarded.map((one) => one.orderId), rewarded.map((one) => one.memberId), rewarded.map((one) => one.netFen), rewarded.map((one) => one.minimumFen)]);
}

/** As many as the stock has left; a template that has ended or is used up gives nothing, and is no reason to try again. */
export async function issueIfLeft(scope: Scope, templateId: string, memberIds: readonly string[], origin: Origin): Promise<string[]> {
  await scope.tx.rows("savepoint reward", []);
  try {
    return (await issueCoupons(scope, templateId, memberIds, origin)).issued.map((one) => one.memberId);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // What was counted for members before the stock refused is taken back with the rest.
    await scope.tx.rows("rollback to savepoint reward", []);
    const left = Number(error.extra["left"] ?? 0);
    return left > 0 && left < memberIds.length ? issueIfLeft(scope, templateId, memberIds.slice(0, left), origin) : [];
  }
}

/** Welcomes who joined just now. */
export async function welcomeMembers(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  const joined = events.map((event) => event.payload as unknown as MemberRegistered)
    .filter((one) => JOINED_HERE.has(one.via) && scope.now.getTime() - Date.parse(one.joinedAt) < FRESH_MS);
  if (joined.length === 0) return;
  for (const rule of await liveRules(scope, "member-joined")) {
    const memberIds = (await toSurvivors(scope, joined.filter((one) => Date.parse(one.joinedAt) >= rule.since.getTime()).filter((one) => rule.storeIds.length === 0 || (one.storeId !== null && rule.storeIds.includes(one.storeId))))).map((one) => one.memberId);
    for (let at = 0; at < rule.count && memberIds.length > 0; at++) await issueIfLeft(scope, rule.templateId, memberIds, { how: "joined", sourceOf: () => rule.id });
  }
}

/** An order that came back, or fell below what it was rewarded for, loses its unused coupons. Used ones stay: they were honestly had. */
export async function takeBackRewards(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  const returns = events.map((event) => event.payload as unknown as OrderReturned).filter((one) => one.orderId !== null && one.memberId !== null);
  if (returns.length === 0) return;
  const lost = await scope.tx.rows<{ order_id: string; template_id: string }>(
    `update promotions.coupon_reward r set returned_fen = r.returned_fen + v.amount
       from (select order_id, sum(amount)::bigint as amount, bool_or(is_whole) as is_whole
               from unnest($2::text[], $3::bigint[], $4::boolean[]) as u(order_id, amount, is_whole) group by order_id) v
      where r.tenant_id = $1 and r.order_id = v.order_id
      returning case when v.is_whole or r.net_fen - r.returned_fen < greatest(r.minimum_fen, 1) then r.order_id end as order_id, r.template_id`,
    [scope.tenantId, returns.map((one) => one.orderId), returns.map((one) => one.amountFen), returns.map((one) => one.whole)]);
  const rewards = lost.filter((one) => one.order_id !== null);
  if (rewards.length === 0) return;
  const voided = await scope.tx.rows<{ id: string; member_id: string; name: string }>(
    `update promotions.coupon c set state = 'void', ended_reason = $4, order_id = null, held_until = null
       from unnest($2::text[], $3::uuid[]) as v(order_id, template_id), promotions.coupon_template t
      where c.tenant_id = $1 and c.source_id = v.order_id and c.source = 'order' and c.template_id = v.template_id
        and (c.state in ('issued', 'given') or (c.state = 'held' and c.held_until <= $5)) and t.tenant_id = $1 and t.id = c.template_id
      returning c.id, c.member_id, t.name`,
    [scope.tenantId, rewards.map((one) => one.order_id), rewards.map((one) => one.template_id), RETURNED, scope.now]);
  await scope.outbox.publishAll(scope, voided.map((one) => ({
    type: COUPON_VOIDED, subjectId: one.member_id, payload: { couponId: one.id, memberId: one.member_id, name: one.name, reason: RETURNED } satisfies CouponVoided,
  })));
  hint(scope, "members", [...new Set(voided.map((one) => one.member_id))]);
}
