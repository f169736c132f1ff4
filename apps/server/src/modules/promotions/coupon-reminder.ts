import { COUPONS_EXPIRING, type CouponsExpiring } from "../../events/promotions.ts";
import { addDays, dayOf, endOfDay } from "../../kernel/days.ts";
import type { Database } from "../../kernel/db/database.ts";
import { enqueue, publish } from "../../kernel/events.ts";
import { BEFORE_ALL } from "../../kernel/ids.ts";
import type { Schedule, Task } from "../../kernel/jobs.ts";
import type { Scope } from "../../kernel/scope.ts";
import { mayReach, memberPhones } from "../customers/index.ts";

const WORK = "remind";
const REMIND_TASK = "promotions.remind-expiring";
const SMS_TASK = "promotions.remind-by-sms";
/** Members hear of the end three days before: on Friday of what ends on Monday. */
const DAYS_BEFORE = 3;
const PAGE = 20_000;
const TOLD_AT_ONCE = 1_000;

interface Expiring {
  id: string;
  member_id: string;
  name: string;
  valid_until: Date;
  by_sms: boolean;
}

/**
 * Tells of a page of coupons that end within three days and were not told of. How far it has come is kept in the same
 * transaction: a night without a worker is made up for, and nobody is told twice. Returns whether there may be more.
 */
export async function remindPage(scope: Scope): Promise<boolean> {
  const until = endOfDay(addDays(dayOf(scope.now, scope.zone), DAYS_BEFORE), scope.zone);
  const [clock] = await scope.tx.rows<{ done_until: Date; done_id: string | null }>(
    `insert into promotions.coupon_clock as c (tenant_id, work, done_until) values ($1, '${WORK}', $2)
     on conflict (tenant_id, work) do update set done_until = c.done_until returning done_until, done_id`, [scope.tenantId, scope.now]);
  const rows = await scope.tx.rows<Expiring>(
    `select c.id, c.member_id, v.name, c.valid_until, coalesce((v.policy ->> 'remindsBySms')::boolean, false) as by_sms
       from promotions.coupon c
       join promotions.coupon_template_version v on v.tenant_id = $1 and v.template_id = c.template_id and v.version = c.template_version
      where c.tenant_id = $1 and c.state in ('issued', 'held') and c.member_id is not null and c.valid_until > $5
        and (c.valid_until, c.id) > ($2::timestamptz, $3::uuid) and c.valid_until <= $4
      order by c.valid_until, c.id limit ${PAGE}`, [scope.tenantId, clock?.done_until ?? scope.now, clock?.done_id ?? BEFORE_ALL, until, scope.now]);
  for (let from = 0; from < rows.length; from += TOLD_AT_ONCE) await tell(scope, rows.slice(from, from + TOLD_AT_ONCE));
  const last = rows.at(-1);
  const isMore = rows.length === PAGE && last !== undefined;
  await scope.tx.rows("update promotions.coupon_clock set done_until = $3, done_id = $4 where tenant_id = $1 and work = $2",
    [scope.tenantId, WORK, isMore ? last.valid_until : until, isMore ? last.id : "ffffffff-ffff-ffff-ffff-ffffffffffff"]);
  return isMore;
}

async function tell(scope: Scope, rows: readonly Expiring[]): Promise<void> {
  await publish(scope, COUPONS_EXPIRING, null, {
    coupons: rows.map((row) => ({ couponId: row.id, memberId: row.member_id, name: row.name, validUntil: row.valid_until.toISOString() })),
  } satisfies CouponsExpiring);
  const bySms = rows.filter((row) => row.by_sms).map((row) => row.id);
  if (bySms.length > 0) await enqueue(scope, SMS_TASK, { couponIds: bySms });
}

/** Sends text messages. `phone` in E.164. */
export interface TextMessages {
  send(sms: { phone: string; template: string; params: Readonly<Record<string, string>>; reference?: string }): Promise<unknown>;
}

/** One message a member, whatever the number of coupons; one that does not go out is not repeated: the app has told already. */
async function sendReminders(database: Database, sms: TextMessages, tenantId: string, couponIds: readonly string[]): Promise<void> {
  const messages = await database.inScope({ tenantId, actor: { kind: "system", name: SMS_TASK } }, async (scope) => {
    const rows = await scope.tx.rows<{ member_id: string; name: string; valid_until: Date; count: number }>(
      `select distinct on (c.member_id) c.member_id, v.name, c.valid_until, count(*) over (partition by c.member_id)::int as count
         from promotions.coupon c
         join promotions.coupon_template_version v on v.tenant_id = $1 and v.template_id = c.template_id and v.version = c.template_version
        where c.tenant_id = $1 and c.id = any($2::uuid[]) and c.state = 'issued' order by c.member_id, c.valid_until, c.id`, [scope.tenantId, couponIds]);
    // It is about what the member has, and an invitation all the same.
    const phones = await memberPhones(scope, [...await mayReach(scope, rows.map((row) => row.member_id), "marketing-sms")]);
    return rows.flatMap((row) => {
      const phone = phones.get(row.member_id);
      return phone ? [{ phone: `+86${phone}`, params: { coupon: row.name, count: String(row.count), day: dayOf(new Date(row.valid_until.getTime() - 1), scope.zone) } }] : [];
    });
  });
  for (const message of messages) await sms.send({ ...message, template: "coupon-expiring" }).catch(() => undefined);
}

export const reminderTasks = (sms: TextMessages): Task[] => [
  {
    name: REMIND_TASK,
    run: async ({ tenantId }, database) => {
      while (await database.inScope({ tenantId: String(tenantId), actor: { kind: "system", name: REMIND_TASK } }, remindPage));
    },
  },
  { name: SMS_TASK, run: ({ tenantId, couponIds }, database) => sendReminders(database, sms, String(tenantId), couponIds as string[]) },
];

/** At ten in the morning: a message in the night wakes people. */
export const reminderSchedule: Schedule = { name: "promotions.remind-daily", cron: "0 10 * * *", zone: "Asia/Shanghai", run: (scope) => enqueue(scope, REMIND_TASK, {}) };
