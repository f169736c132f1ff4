import { PUSH_ENDED, type PushEnded } from "../../events/promotions.ts";
import { textList, uuidList } from "../../kernel/db/array.ts";
import { publish } from "../../kernel/events.ts";
import { BEFORE_ALL } from "../../kernel/ids.ts";
import { Problem } from "../../kernel/problem.ts";
import { newId, type Scope } from "../../kernel/scope.ts";
import { BELOW, limitsOf, ONE_MORE } from "./allowance.ts";
import { conditionOf, type Condition, type StandingConditions } from "./coupon-audience.ts";
import { newCouponCode } from "./coupon-code.ts";
import { periodStart, type Period } from "./coupon-period.ts";
import type { Audience } from "./coupon-push.schema.ts";
import type { Validity } from "./coupon-template.schema.ts";
import { takeStock, termOf } from "./issue.ts";

/** Looked at in one transaction when coupons are taken back. */
const REVOKED_AT_ONCE = 20_000;

interface Push {
  id: string;
  template_id: string;
  kind: "audience" | "list" | "codes";
  audience: Audience;
  state: string;
  created_by: string;
}

interface Page {
  no: number;
  after_id: string | null;
  until_id: string | null;
  size: number;
}

interface Template {
  version: number;
  name: string;
  validity: Validity;
  state: string;
  stock: number | null;
  issued: number;
  period: Period | null;
  period_stock: number | null;
  period_from: string | null;
  period_issued: number;
}

interface Written {
  looked: number;
  issued: number;
  last: string | null;
}

/** Somebody else took from the stock while this page was written: it is rolled back and written again with what is left. */
export class StockMoved extends Error {}
const stockMoved = (error: unknown): never => {
  if (error instanceof Problem) throw new StockMoved("The stock was taken meanwhile");
  throw error;
};
/** The push was cancelled or revoked while this page was written: it is rolled back. */
export class PushStopped extends Error {}

/**
 * Writes one open page of a push with one statement and closes it in the same transaction: a process that is killed leaves
 * whole pages behind, and whoever goes on takes those that are open. Returns whether there may be more.
 */
export async function writePage(scope: Scope, standings: StandingConditions, pushId: string): Promise<boolean> {
  const push = await readPush(scope, pushId);
  if (push?.state !== "running") return false;
  const [page] = await scope.tx.rows<Page>(
    `select no, after_id, until_id, size from promotions.coupon_push_page where tenant_id = $1 and push_id = $2 and is_open
      order by no limit 1 for update skip locked`, [scope.tenantId, pushId]);
  if (!page) return endIfWritten(scope, pushId);
  const template = await readTemplate(scope, push.template_id);
  const left = stockLeft(template, scope);
  if (template.state !== "live" || left <= 0) return end(scope, pushId, { state: "failed", reason: template.state === "live" ? "out-of-stock" : "template-ended" });
  const count = Math.min(left, page.size);
  const written = await insertCoupons(scope, standings, { push, page, template, count });
  // Last of all, because everybody who issues this coupon meets at the template's row.
  if (written.issued > 0) await takeStock(scope, push.template_id, written.issued, false).catch(stockMoved);
  await closePage(scope, push, { page, written, isCut: count < page.size });
  return true;
}

/** A page that the stock cut short stays open behind the last member who was looked at. */
async function closePage(scope: Scope, push: Push, { page, written, isCut }: { page: Page; written: Written; isCut: boolean }): Promise<void> {
  const isOpen = isCut && written.looked > 0;
  await scope.tx.rows(
    "update promotions.coupon_push_page set is_open = $4, after_id = coalesce($5, after_id), size = greatest(1, size - $6) where tenant_id = $1 and push_id = $2 and no = $3",
    [scope.tenantId, push.id, page.no, isOpen, written.last, written.looked]);
  const counted = await scope.tx.rows(
    `update promotions.coupon_push set looked = looked + $3, issued = issued + $4, refused = refused + $3 - $4, moved_at = $5
      where tenant_id = $1 and id = $2 and state = 'running' returning 1`, [scope.tenantId, push.id, written.looked, written.issued, scope.now]);
  if (counted.length === 0) throw new PushStopped("The push was stopped");
}

/** The last lane that finds nothing to write ends the push; pages that another one is writing are still open. */
async function endIfWritten(scope: Scope, pushId: string): Promise<false> {
  const open = await scope.tx.rows("select 1 from promotions.coupon_push_page where tenant_id = $1 and push_id = $2 and is_open limit 1", [scope.tenantId, pushId]);
  return open.length > 0 ? false : end(scope, pushId, { state: "done", reason: null });
}

async function readPush(scope: Scope, id: string): Promise<Push | undefined> {
  const [push] = await scope.tx.rows<Push>(
    "select id, template_id, kind, audience, state, created_by from promotions.coupon_push where tenant_id = $1 and id = $2", [scope.tenantId, id]);
  return push;
}

async function readTemplate(scope: Scope, id: string): Promise<Template> {
  const [template] = await scope.tx.rows<Template>(
    `select version, name, validity, state, stock, issued, period, period_stock, period_from, period_issued from promotions.coupon_template
      where tenant_id = $1 and id = $2`, [scope.tenantId, id]);
  if (!template) throw new Error(`Push of a template that does not exist: ${id}`);
  return template;
}

function stockLeft(template: Template, scope: Scope): number {
  const inPeriod = template.period_from === periodStart(template.period, scope) ? template.period_issued : 0;
  return Math.min((template.stock ?? Infinity) - template.issued, (template.period_stock ?? Infinity) - inPeriod);
}

interface Work {
  push: Push;
  page: Page;
  template: Template;
  /** How many to look at. */
  count: number;
}

async function insertCoupons(scope: Scope, standings: StandingConditions, { push, page, template, count }: Work): Promise<Written> {
  const ids = Array.from({ length: count }, () => newId(scope));
  const codes = ids.map(() => newCouponCode(scope.random));
  const { from, until } = termOf(template.validity, scope);
  const coupon = [push.template_id, template.version, from, until, scope.now, push.created_by, push.id, uuidList(ids), textList(codes)];
  if (push.kind === "codes") {
    await scope.tx.rows(
      `insert into promotions.coupon (tenant_id, template_id, template_version, valid_from, valid_until, issued_at, issued_by, push_id, source, id, code)
       select $1, $2, $3, $4, $5, $6, $7, $8, 'code', v.id, v.code from unnest($9::uuid[], $10::text[]) as v(id, code)`, [scope.tenantId, ...coupon]);
    return { looked: count, issued: count, last: null };
  }
  const limits = await limitsOf(scope, push.template_id);
  const wanted = await wantedOf(scope, standings, push, [scope.tenantId, ...coupon, limits.perMember, limits.periodFrom, limits.perPeriod, page.after_id, page.until_id, count]);
  const [written] = await scope.tx.rows<Written>(
    `with wanted as materialized (${wanted.text})
     , granted as (
       insert into promotions.coupon_allowance as a (tenant_id, template_id, member_id, taken, period_from, period_taken)
       select $1, $2, w.id, 1, $12::date, 1 from wanted w where w.is_active order by w.id
       on conflict (tenant_id, template_id, member_id) do update set ${ONE_MORE} where ${BELOW("$11", "$12", "$13")}
       returning member_id)
     , made as (
       insert into promotions.coupon (tenant_id, template_id, template_version, valid_from, valid_until, issued_at, issued_by, push_id, source, id, code, member_id)
       select $1, $2, $3, $4, $5, $6, $7, $8, 'push', v.id, v.code, g.member_id
         from (select member_id, row_number() over () as no from granted) g
         join unnest($9::uuid[], $10::text[]) with ordinality as v(id, code, no) on v.no = g.no
       returning 1)
     select (select count(*)::int from wanted) as looked, (select count(*)::int from made) as issued, (select w.id from wanted w order by w.id desc limit 1) as last`,
    wanted.values);
  return written ?? { looked: 0, issued: 0, last: null };
}

/** The page's members as they are now: whoever left the audience since it was planned is left out. */
async function wantedOf(scope: Scope, standings: StandingConditions, push: Push, values: readonly unknown[]): Promise<Condition> {
  if (push.kind === "list") {
    return {
      values: [...values],
      text: `select p.member_id as id, m.state = 'active' as is_active from promotions.coupon_push_member p
               join customers.member m on m.tenant_id = $1 and m.id = p.member_id
              where p.tenant_id = $1 and p.push_id = $8 and p.member_id > $14 and p.member_id <= $15 order by p.member_id limit $16`,
    };
  }
  const condition = await conditionOf(scope, standings, push.audience, values);
  return {
    values: condition.values,
    text: `select m.id, true as is_active from customers.member m where m.tenant_id = $1 and m.id > $14 and m.id <= $15 and ${condition.text} order by m.id limit $16`,
  };
}

async function end(scope: Scope, pushId: string, { state, reason }: { state: "done" | "failed"; reason: string | null }): Promise<false> {
  const [row] = await scope.tx.rows<{ template_id: string; name: string; issued: number; refused: number; by: string }>(
    `update promotions.coupon_push set state = $3, reason = $4, ended_at = $5, moved_at = $5 where tenant_id = $1 and id = $2 and state = 'running'
     returning template_id, name, issued, refused, created_by as by`, [scope.tenantId, pushId, state, reason, scope.now]);
  if (row) {
    const { template_id: templateId, ...told } = row;
    await publish(scope, PUSH_ENDED, null, { pushId, templateId, state, ...told } satisfies PushEnded);
  }
  return false;
}

/** Takes back a page of what a push issued. */
export async function revokePage(scope: Scope, pushId: string): Promise<boolean> {
  const [push] = await scope.tx.rows<{ template_id: string; cursor_id: string | null }>(
    "select template_id, cursor_id from promotions.coupon_push where tenant_id = $1 and id = $2 and state = 'revoking' for update", [scope.tenantId, pushId]);
  if (!push) return false;
  const [page] = await scope.tx.rows<{ looked: number; voided: number; last: string | null }>(
    `with page as materialized (
       select id from promotions.coupon where tenant_id = $1 and template_id = $5 and push_id = $2 and id > $3 order by id limit ${REVOKED_AT_ONCE} for update)
     , voided as (
       update promotions.coupon c set state = 'void', ended_reason = p.reason, order_id = null, held_until = null
         from page, promotions.coupon_push p
        where c.tenant_id = $1 and c.id = page.id and p.tenant_id = $1 and p.id = $2
          and (c.state in ('issued', 'given') or (c.state = 'held' and c.held_until <= $4))
        returning c.id)
     select (select count(*)::int from page) as looked, (select count(*)::int from voided) as voided, (select id from page order by id desc limit 1) as last`,
    [scope.tenantId, pushId, push.cursor_id ?? BEFORE_ALL, scope.now, push.template_id]);
  const isOver = (page?.looked ?? 0) < REVOKED_AT_ONCE;
  await scope.tx.rows(
    `update promotions.coupon_push set revoked = revoked + $3, cursor_id = coalesce($4, cursor_id), moved_at = $5::timestamptz,
            state = case when $6::boolean then 'revoked' else state end, ended_at = case when $6::boolean then $5::timestamptz end
      where tenant_id = $1 and id = $2`, [scope.tenantId, pushId, page?.voided ?? 0, page?.last ?? null, scope.now, isOver]);
  return !isOver;
}
