-- The same order, settled alone: lock, read, update and insert the rows that the settlement desk writes for one order.
-- Left out, in favour of this side: jobs for subscribers, the live notification, pricing (constants here).
\set n random(1, :members)
begin;
select kernel.set_tenant(:tenant);
select m.id as member, uuidv7()::text as ord, uuidv7() as lot, uuidv7() as ev
  from customers.member m where tenant_id = :tenant and id = ('01900000-0000-7000-8000-' || lpad(to_hex(:n::bigint), 12, '0'))::uuid for update \gset
select id as coupon from promotions.coupon where tenant_id = :tenant and member_id = :member and state = 'issued' order by valid_until, id limit 1 for update \gset
select months from loyalty.standing where tenant_id = :tenant and member_id = :member;
select max(id::text) filter (where asset = 'points') as points, max(id::text) filter (where asset = 'prepaid.principal') as principal,
       max(id::text) filter (where asset = 'prepaid.bonus') as bonus from
  (select id, asset from ledger.account where tenant_id = :tenant and holder_id = :member order by id for update) a \gset
select max(l.id::text) filter (where a.asset = 'points' and l.origin_kind = 'adjust') as lot_points, max(l.id::text) filter (where a.asset = 'prepaid.principal') as lot_principal,
       max(l.id::text) filter (where a.asset = 'prepaid.bonus') as lot_bonus
  from ledger.account a join ledger.lot l on l.tenant_id = :tenant and l.account_id = a.id and l.is_open
 where a.tenant_id = :tenant and a.holder_id = :member \gset
select version from promotions.rule_version where tenant_id = :tenant order by version desc limit 1;
select version from loyalty.program where tenant_id = :tenant;
insert into commerce."order" (tenant_id, id, store_id, channel, source, member_id, status, gross_fen, discount_fen, net_fen, points_earned, points_spent, rule_version, proof, cashier, paid_at, business_on, recorded_at)
values (:tenant, :ord, :store, 'pos', 'till', :member, 'paid', 10000, 1000, 9000, 90, 100, 1, :proof::jsonb || jsonb_build_object('couponIds', jsonb_build_array(:coupon::text)), 'key bench', now(), current_date, now());
insert into commerce.order_line (tenant_id, order_id, no, line_id, sku, name, category, quantity, unit_price_fen, gross_fen, discount_fen, net_fen, points_earned, tender_split)
values (:tenant, :ord, 0, '1', 'S1', '毛肚', '荤菜', 1, 5000, 5000, 500, 4500, 45, '[50,4450]'),
       (:tenant, :ord, 1, '2', 'S2', '鸭血', '荤菜', 2, 1500, 3000, 300, 2700, 27, '[30,2670]'),
       (:tenant, :ord, 2, '3', 'S3', '酸梅汤', '饮品', 1, 2000, 2000, 200, 1800, 18, '[20,1780]');
insert into commerce.tender (tenant_id, order_id, no, kind, amount_fen, points, principal_fen)
values (:tenant, :ord, 0, 'points', 100, 100, null), (:tenant, :ord, 1, 'stored-value', 8900, null, 8091);
update ledger.lot set remaining = remaining - 100 where tenant_id = :tenant and id = :lot_points;
update ledger.lot set remaining = remaining - 8091 where tenant_id = :tenant and id = :lot_principal;
update ledger.lot set remaining = remaining - 809 where tenant_id = :tenant and id = :lot_bonus;
insert into ledger.lot (tenant_id, id, account_id, amount, remaining, earned_at, active_from, expires_at, origin_kind, origin_id, origin_holder_id, store_id, rule_version)
values (:tenant, :lot, :points, 90, 90, now(), now(), now() + interval '1 year', 'order', :ord, :member, :store, 1);
update ledger.account set balance = balance - 10 where tenant_id = :tenant and id = :points returning balance as bp \gset
update ledger.account set balance = balance - 8091 where tenant_id = :tenant and id = :principal returning balance as bb \gset
update ledger.account set balance = balance - 809 where tenant_id = :tenant and id = :bonus returning balance as bq \gset
insert into ledger.posting (tenant_id, account_id, id, lot_id, amount, counter, kind, ref_id, at, balance_after)
values (:tenant, :points, uuidv7(), :lot_points, -100, 'spent', 'spend', :ord, now(), :bp::bigint - 90),
       (:tenant, :principal, uuidv7(), :lot_principal, -8091, 'spent', 'pay', :ord, now(), :bb::bigint),
       (:tenant, :bonus, uuidv7(), :lot_bonus, -809, 'spent', 'pay', :ord, now(), :bq::bigint),
       (:tenant, :points, uuidv7(), :lot, 90, 'issued', 'earn', :ord, now(), :bp::bigint);
update promotions.coupon set state = 'redeemed', order_id = :ord, redeemed_at = now() where tenant_id = :tenant and id = :coupon;
update loyalty.standing set months = jsonb_build_object(to_char(now(), 'YYYY-MM'), jsonb_build_array(net_fen + 9000, orders + 1)), orders = orders + 1, net_fen = net_fen + 9000,
       first_order_at = coalesce(first_order_at, now()), last_order_at = now() where tenant_id = :tenant and member_id = :member;
insert into kernel.idempotency (tenant_id, key, operation, body_hash, status, body, at) values (:tenant, :ord, 'commit', '\x00', 200, :body, now());
insert into kernel.event (tenant_id, id, type, at, actor, subject_id, payload) values (:tenant, :ev, 'commerce.order-paid', now(), 'system settlement', :member, :payload::jsonb || jsonb_build_object('orderId', :ord::text));
commit;
