import type { Invariant } from "./invariants.ts";

/** Of points and tiers, beside what the ledger proves of every balance. */
export const loyaltyInvariants: readonly Invariant[] = [
  {
    name: "points are frozen as the freezes that are open say",
    sql: `select coalesce(f.tenant_id, h.tenant_id) as tenant_id, coalesce(f.id::text, h.id) as id, f.points, h.amount, f.holder_id, h.holder_id as found from
            (select tenant_id, id, member_id as holder_id, points from loyalty.points_freeze where released_at is null) f
            full join (select h.tenant_id, substr(h.ref_id, 8) as id, a.holder_id, sum(h.amount) as amount from ledger.hold h
                         join ledger.account a on a.tenant_id = h.tenant_id and a.id = h.account_id
                        where h.ref_id like 'freeze:%' group by 1, 2, 3) h
              on h.tenant_id = f.tenant_id and h.id = f.id::text
           where f.points is distinct from h.amount or f.holder_id is distinct from h.holder_id`,
  },
  {
    name: "points that are not active yet have not been spent or passed on",
    sql: `select l.tenant_id, l.id, l.active_from, p.kind, p.amount from ledger.lot l
            join ledger.posting p on p.tenant_id = l.tenant_id and p.lot_id = l.id and p.amount < 0 and p.kind in ('spend', 'transfer-out', 'adjust')
           where p.at < l.active_from`,
  },
  {
    name: "what was passed on left one member and reached the other",
    sql: `select t.tenant_id, t.id, t.points, p.gone, p.come from loyalty.points_transfer t
            left join (select p.tenant_id, p.ref_id, -sum(p.amount) filter (where p.kind = 'transfer-out' and a.holder_id = t.from_member_id) as gone,
                              sum(p.amount) filter (where p.kind = 'transfer-in' and a.holder_id = t.to_member_id) as come
                         from loyalty.points_transfer t
                         join ledger.posting p on p.tenant_id = t.tenant_id and p.ref_id = t.id::text
                         join ledger.account a on a.tenant_id = p.tenant_id and a.id = p.account_id group by 1, 2) p
              on p.tenant_id = t.tenant_id and p.ref_id = t.id::text
           where coalesce(p.gone, 0) <> t.points or coalesce(p.come, 0) <> t.points`,
  },
  {
    name: "what something else than an order earned was credited once",
    sql: `select e.tenant_id, e.source, e.reference, e.points, p.amount from loyalty.points_earning e
            left join (select tenant_id, ref_id, kind, sum(amount) as amount from ledger.posting where kind like 'earn.%' group by 1, 2, 3) p
              on p.tenant_id = e.tenant_id and p.ref_id = e.id::text and p.kind = 'earn.' || e.source
           where coalesce(p.amount, 0) <> e.points`,
  },
  {
    name: "no earn rule gave more than its budget",
    sql: `select c.tenant_id, c.counted, c.used, r.definition -> 'caps' ->> 'budget' as budget from loyalty.points_counter c
            join loyalty.earn_rule r on r.tenant_id = c.tenant_id and r.id::text = c.counted and r.updated_at <= now() - interval '1 minute'
           where c.holder_id = '00000000-0000-0000-0000-000000000000' and c.period = 'all' and c.used > (r.definition -> 'caps' ->> 'budget')::bigint
             and not exists (select 1 from kernel.audit_entry a where a.tenant_id = c.tenant_id and a.action = 'earn-rule.change' and a.subject_id = c.counted)`,
  },
  {
    name: "an adjustment that somebody agreed to moved once, and one that waits or came to nothing did not",
    sql: `select r.tenant_id, r.id, r.state, r.asked_by, p.moments, p.amount from platform.approval_request r
            left join (select tenant_id, ref_id, count(distinct at) as moments, sum(amount) as amount from ledger.posting where kind = 'adjust' group by 1, 2) p
              on p.tenant_id = r.tenant_id and p.ref_id = r.id::text
           where r.kind = 'points' and (p.moments > 1 or coalesce(p.amount, 0) <> case when r.state = 'approved' then (r.payload ->> 'points')::bigint else 0 end)`,
  },
  {
    name: "a tier given by hand has its paper",
    sql: `select s.tenant_id, s.member_id, s.tier_id, s.tier_until from loyalty.standing s
            left join loyalty.tier_grant g on g.tenant_id = s.tenant_id and g.member_id = s.member_id and g.tier_id = s.tier_id and g.until = s.tier_until and g.ended_at is null
           where s.grant_kind is not null and g.id is null`,
  },
  {
    name: "a member's stage of life was entered when it says",
    sql: `select l.tenant_id, l.member_id, l.stage, l.since from loyalty.life_stage l
           where not exists (select 1 from loyalty.life_stage_change c where c.tenant_id = l.tenant_id and c.member_id = l.member_id and c.to_stage = l.stage and c.at = l.since)`,
  },
];
