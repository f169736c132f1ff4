-- insight: generated from the catalogue by `npm run generate`. Do not edit.

insight.liability
  tenant_id uuid not null
  on_day date not null
  kind text not null
  subject_id text not null
  store_id uuid not null
  month text not null
  amount bigint not null
  value_fen bigint not null
  PRIMARY KEY (tenant_id, on_day, kind, subject_id, store_id, month)
  CHECK ((kind = ANY (ARRAY['points'::text, 'principal'::text, 'bonus'::text, 'card'::text, 'coupon'::text])))

insight.liability_count
  tenant_id uuid not null
  on_day date not null
  as_of timestamp with time zone not null
  PRIMARY KEY (tenant_id, on_day)

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

insight.value_flow
  tenant_id uuid not null
  on_day date not null
  kind text not null
  flow text not null
  store_id uuid not null
  amount bigint not null
  PRIMARY KEY (tenant_id, on_day, kind, flow, store_id)
