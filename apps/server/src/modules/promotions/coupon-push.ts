import { audit } from "../../kernel/audit.ts";
import { enqueue } from "../../kernel/events.ts";
import { BEFORE_ALL } from "../../kernel/ids.ts";
import { problem } from "../../kernel/problem.ts";
import { actorRef, newId, type Scope } from "../../kernel/scope.ts";
import { membersByLine } from "../customers/index.ts";
import { conditionOf, type Condition, type StandingConditions } from "./coupon-audience.ts";
import type { Audience, PushBody } from "./coupon-push.schema.ts";
import { getPush } from "./coupon-push.view.ts";
import { refuseUnissuable } from "./issue.ts";

export const pushOver = problem("promotions/push-over", 409, "This is not in a state for it");
export const PUSH_TASK = "promotions.push-coupons";
const MAX_TOLD = 100;
/** Coupons in one transaction: a quarter of a second, so that a cancel, a till that issues one and a kill wait or lose no more. */
const PAGE = 10_000;

interface NewPush {
  templateId: string;
  name: string;
  kind: "audience" | "list" | "codes";
  audience?: Audience;
}

/** Begins to issue to many: the task writes page after page. Throws `notFound` and what speaks against the template. */
export async function startPush(scope: Scope, standings: StandingConditions, templateId: string, body: PushBody) {
  await refuseUnissuable(scope, templateId, 1, false);
  if (!body.lines) {
    const id = await begin(scope, { templateId, name: body.name, kind: "audience", audience: body.audience ?? {} });
    const { text, values } = await conditionOf(scope, standings, body.audience ?? {}, [scope.tenantId, id]);
    await plan(scope, id, { text: `select m.id from customers.member m where m.tenant_id = $1 and ${text}`, values });
    return { ...(await getPush(scope, id)), unknown: [] };
  }
  const members = await membersByLine(scope, body.lines);
  const id = await begin(scope, { templateId, name: body.name, kind: "list" });
  await scope.tx.rows("insert into promotions.coupon_push_member (tenant_id, push_id, member_id) select $1, $2, unnest($3::uuid[])", [scope.tenantId, id, [...new Set(members.values())]]);
  await plan(scope, id, { text: "select member_id as id from promotions.coupon_push_member where tenant_id = $1 and push_id = $2", values: [scope.tenantId, id] });
  return { ...(await getPush(scope, id)), unknown: body.lines.filter((line) => !members.has(line)).slice(0, MAX_TOLD) };
}

/** Begins to make codes that belong to nobody: whoever types one at a till uses it, whoever enters it in the app keeps it. */
export async function generateCodes(scope: Scope, templateId: string, { name, count }: { name: string; count: number }) {
  await refuseUnissuable(scope, templateId, count, false);
  const id = await begin(scope, { templateId, name, kind: "codes" });
  await scope.tx.rows(
    `insert into promotions.coupon_push_page (tenant_id, push_id, no, size)
     select $1, $2, n, least(${PAGE}, $3::int - n * ${PAGE}) from generate_series(0, ($3::int - 1) / ${PAGE}) n`, [scope.tenantId, id, count]);
  await countTotal(scope, id);
  return getPush(scope, id);
}

/** Cuts the members of a selection into pages by their ids, in one walk over them. */
async function plan(scope: Scope, id: string, members: Condition): Promise<void> {
  await scope.tx.rows(
    `insert into promotions.coupon_push_page (tenant_id, push_id, no, after_id, until_id, size)
     select $1, $2, row_number() over (order by at), lag(id, 1, '${BEFORE_ALL}'::uuid) over (order by at), id, at - lag(at, 1, 0::bigint) over (order by at)
       from (select id, row_number() over (order by id) as at, lead(id) over (order by id) is null as is_last from (${members.text}) member) numbered
      where at % ${PAGE} = 0 or is_last`, members.values);
  await countTotal(scope, id);
}

const countTotal = (scope: Scope, id: string): Promise<unknown> => scope.tx.rows(
  `update promotions.coupon_push set total = (select coalesce(sum(size), 0) from promotions.coupon_push_page where tenant_id = $1 and push_id = $2)
    where tenant_id = $1 and id = $2`, [scope.tenantId, id]);

async function begin(scope: Scope, push: NewPush): Promise<string> {
  const id = newId<"coupon-push">(scope);
  await scope.tx.db.insertInto("promotions.coupon_push").values({
    id, template_id: push.templateId, name: push.name, kind: push.kind, audience: JSON.stringify(push.audience ?? {}), state: "running", total: 0,
    created_at: scope.now, created_by: actorRef(scope.actor), moved_at: scope.now,
  }).execute();
  await enqueue(scope, PUSH_TASK, { pushId: id });
  audit(scope, { action: "coupon-push.start", subjectKind: "coupon-push", subjectId: id, after: { ...push } });
  return id;
}

/** Stops after the page that is being written; what was issued stays. */
export async function cancelPush(scope: Scope, id: string) {
  const before = await getPush(scope, id);
  const [row] = await scope.tx.rows(
    "update promotions.coupon_push set state = 'cancelled', ended_at = $3, moved_at = $3 where tenant_id = $1 and id = $2 and state = 'running' returning id",
    [scope.tenantId, id, scope.now]);
  if (!row) throw pushOver({ state: before.state });
  audit(scope, { action: "coupon-push.cancel", subjectKind: "coupon-push", subjectId: id });
  return getPush(scope, id);
}

/** Takes back what was issued and not used, in pages like the issuing. Those that an order holds or has used stay. */
export async function revokePush(scope: Scope, id: string, reason: string) {
  const before = await getPush(scope, id);
  const [row] = await scope.tx.rows(
    `update promotions.coupon_push set state = 'revoking', cursor_id = null, reason = $4, moved_at = $3, ended_at = null
      where tenant_id = $1 and id = $2 and state in ('running', 'done', 'cancelled', 'failed') returning id`, [scope.tenantId, id, scope.now, reason]);
  if (!row) throw pushOver({ state: before.state });
  await enqueue(scope, PUSH_TASK, { pushId: id });
  audit(scope, { action: "coupon-push.revoke", subjectKind: "coupon-push", subjectId: id, before: { state: before.state, issued: before.issued }, reason });
  return getPush(scope, id);
}
