-- What every coupon of a push of a million pays for: see docs/adr/0009.
-- A quarter of the processor time was the look-up of one and the same version, a million times; `npm run prove` checks it.
alter table promotions.coupon drop constraint coupon_tenant_id_template_id_template_version_fkey;
-- A push's coupons are found among its template's. The codes of a pool may be few of many: they keep an index of their own.
drop index promotions.coupon_of_push;
create index coupon_of_pool on promotions.coupon (tenant_id, push_id, id) where source = 'code';
-- Counted with the template's, because a progress bar asks for it every second.
alter table promotions.coupon_push add column redeemed integer not null default 0;
update promotions.coupon_push p set redeemed =
  (select count(*) from promotions.coupon c where c.tenant_id = p.tenant_id and c.template_id = p.template_id and c.push_id = p.id and c.state = 'redeemed');
