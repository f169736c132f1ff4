import { ORDER_PAID, ORDER_RETURNED } from "../../events/commerce.ts";
import { IDENTITY_CHANGED, MEMBER_REGISTERED, MEMBER_UPDATED, MEMBERS_MERGED, MERGE_UNDONE, TAG_CHANGED, TRACKED } from "../../events/customers.ts";
import { LIFE_STAGE_CHANGED, POINTS_ADJUSTED, POINTS_EARNED, POINTS_EXPIRING, POINTS_FROZEN, POINTS_TRANSFERRED, POINTS_UNFROZEN, TIER_CHANGED, TIER_ENDING } from "../../events/loyalty.ts";
import { TOP_UP_DONE } from "../../events/payments.ts";
import { COUPON_ISSUED, COUPON_VOIDED } from "../../events/promotions.ts";
import { decodeCursor, pageFrom, type Page } from "../../kernel/http/page.ts";
import type { Scope } from "../../kernel/scope.ts";

export interface TimelineEntry extends Record<string, unknown> {
  id: string;
  at: string;
  kind: string;
}

interface Row {
  id: string;
  at: Date;
  kind: string;
  payload: Record<string, unknown>;
}

/** What a guest's timeline tells. */
const KINDS = [
  MEMBER_REGISTERED, MEMBER_UPDATED, TAG_CHANGED, IDENTITY_CHANGED, MEMBERS_MERGED, MERGE_UNDONE, TRACKED, ORDER_PAID, ORDER_RETURNED, POINTS_ADJUSTED, POINTS_EARNED, POINTS_EXPIRING, POINTS_FROZEN, POINTS_UNFROZEN,
  POINTS_TRANSFERRED, TIER_CHANGED, TIER_ENDING, LIFE_STAGE_CHANGED, TOP_UP_DONE, COUPON_ISSUED, COUPON_VOIDED,
];

/**
 * What happened to a guest, and to whoever was merged into them, newest first, from the event log itself: no copy is kept. Whoever came with a file of many has no
 * event of joining, so the member's own row tells it.
 */
export async function listTimeline(scope: Scope, memberId: string, { limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<TimelineEntry>> {
  const [at, id] = decodeCursor(cursor, 2) ?? [];
  const rows = await scope.tx.rows<Row>(
    `with recursive self(id) as (
       select $2::uuid union all select m.id from self s join customers.member m on m.tenant_id = $1 and m.merged_into = s.id)
     (select e.* from self s cross join lateral (
       select id, at, type as kind, payload from kernel.event
        where tenant_id = $1 and subject_id = s.id::text and type = any($3::text[]) and (at, id) < (coalesce($4::timestamptz, 'infinity'), coalesce($5::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
          and (s.id = $2::uuid or type <> all($8::text[])) order by at desc, id desc limit $6) e)
     union all
     (select m.id, m.joined_at, $7, jsonb_build_object('via', m.joined_via) from customers.member m
       where m.tenant_id = $1 and m.id = $2::uuid and ($4::timestamptz is null or (m.joined_at, m.id) < ($4, $5::uuid))
         and not exists (select 1 from kernel.event e where e.tenant_id = $1 and e.subject_id = $2::text and e.type = $7))
     order by at desc, id desc limit $6`,
    [scope.tenantId, memberId, KINDS, at ?? null, id ?? null, limit + 1, MEMBER_REGISTERED, [MEMBERS_MERGED, MERGE_UNDONE]]);
  return pageFrom(rows, limit, ({ payload, ...row }) => ({ ...payload, id: row.id, at: row.at.toISOString(), kind: row.kind }),
    (row) => [row.at.toISOString(), row.id]);
}
