-- The guests of the benchmark: :members of them, each with points, one top-up with bonus, a standing and coupons.
-- Written in bulk, but to the invariants of the ledger: every lot has its posting, every balance its lots.
insert into customers.member (tenant_id, id, member_no, name, joined_at, joined_via, home_store_id, updated_at)
select $1, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'B' || n, '客' || n, now(), 'bench', $2, now()
  from generate_series(1, $3::int) n;

insert into loyalty.standing (tenant_id, member_id, tier_id, tier_since)
select m.tenant_id, m.id, t.id, now() from customers.member m join loyalty.tier t on t.tenant_id = m.tenant_id and t.rank = 0 where m.tenant_id = $1;

insert into ledger.account (tenant_id, id, holder_id, asset, balance, opened_at)
select m.tenant_id, uuidv7(), m.id, a.asset, a.amount, now()
  from customers.member m cross join (values ('points', 1000000), ('prepaid.principal', 10000000), ('prepaid.bonus', 1000000)) a(asset, amount)
 where m.tenant_id = $1;

insert into ledger.lot (tenant_id, id, account_id, amount, remaining, earned_at, active_from, expires_at, origin_kind, origin_id, origin_holder_id)
select tenant_id, uuidv7(), id, balance, balance, now(), now(), case when asset = 'points' then now() + interval '1 year' end,
       case when asset = 'points' then 'adjust' else 'top-up' end, 'opening ' || holder_id, holder_id
  from ledger.account where tenant_id = $1;

insert into ledger.posting (tenant_id, account_id, id, lot_id, amount, counter, kind, ref_id, at, balance_after)
select tenant_id, account_id, uuidv7(), id, amount, 'issued', 'opening', origin_id, now(), amount from ledger.lot where tenant_id = $1;

insert into promotions.coupon (tenant_id, id, code, template_id, template_version, member_id, valid_from, valid_until, issued_at, issued_by)
select m.tenant_id, uuidv7(), upper(to_hex(k)) || 'X' || m.member_no, $4, 1, m.id, now() - interval '1 day', now() + interval '90 days', now(), 'bench'
  from generate_series(1, $5::int) k cross join customers.member m where m.tenant_id = $1;
