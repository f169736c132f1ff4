-- Facts for dashboards, kept current by subscribers.
create schema insight;
grant usage on schema insight to shuke_app;

create table insight.store_hour (
  tenant_id uuid not null,
  store_id uuid not null,
  business_on date not null,
  hour smallint not null check (hour between 0 and 23),
  orders integer not null default 0,
  net_fen bigint not null default 0,
  refunded_fen bigint not null default 0,
  member_orders integer not null default 0,
  member_net_fen bigint not null default 0,
  new_members integer not null default 0,
  primary key (tenant_id, store_id, business_on, hour)
) with (fillfactor = 70);
select kernel.declare_table('insight.store_hour', 'tenant');
create index store_hour_day on insight.store_hour (tenant_id, business_on);
