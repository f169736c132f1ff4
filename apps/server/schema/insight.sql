-- insight: generated from the catalogue by `npm run generate`. Do not edit.

insight.store_hour
  tenant_id uuid not null
  store_id uuid not null
  business_on date not null
  hour smallint not null
  orders integer not null default 0
  net_fen bigint not null default 0
  refunded_fen bigint not null default 0
  member_orders integer not null default 0
  member_net_fen bigint not null default 0
  new_members integer not null default 0
  PRIMARY KEY (tenant_id, store_id, business_on, hour)
  CHECK (((hour >= 0) AND (hour <= 23)))
  index store_hour_day btree (tenant_id, business_on)
