-- loyalty: generated from the catalogue by `npm run generate`. Do not edit.

loyalty.earn_rule
  tenant_id uuid not null
  id uuid not null
  name text not null
  definition jsonb not null
  priority integer not null default 100
  state text not null default 'live'::text
  updated_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  CHECK ((state = ANY (ARRAY['live'::text, 'paused'::text])))

loyalty.program
  tenant_id uuid not null
  earn_points integer not null
  earn_per_fen integer not null
  expiry_kind text not null default 'months'::text
  expiry_months integer not null default 12
  spend_points integer not null default 100
  spend_fen integer not null default 100
  spend_step integer not null default 1
  max_order_share_percent integer not null default 100
  negative_policy text not null default 'show'::text
  tier_window_months integer not null default 12
  version integer not null default 1
  updated_at timestamp with time zone not null
  PRIMARY KEY (tenant_id)
  CHECK (((expiry_months >= 1) AND (expiry_months <= 120)))
  CHECK (((max_order_share_percent >= 0) AND (max_order_share_percent <= 100)))
  CHECK (((tier_window_months >= 1) AND (tier_window_months <= 36)))
  CHECK ((earn_per_fen > 0))
  CHECK ((earn_points >= 0))
  CHECK ((expiry_kind = ANY (ARRAY['never'::text, 'months'::text, 'year-end'::text])))
  CHECK ((negative_policy = ANY (ARRAY['forbid'::text, 'show'::text])))
  CHECK ((spend_fen > 0))
  CHECK ((spend_points > 0))
  CHECK ((spend_step > 0))

loyalty.standing
  tenant_id uuid not null
  member_id uuid not null
  tier_id uuid
  tier_since timestamp with time zone
  tier_until timestamp with time zone
  months jsonb not null default '{}'::jsonb
  orders integer not null default 0
  net_fen bigint not null default 0
  refunded_fen bigint not null default 0
  first_order_at timestamp with time zone
  last_order_at timestamp with time zone
  PRIMARY KEY (tenant_id, member_id)
  FOREIGN KEY (tenant_id, tier_id) REFERENCES loyalty.tier(tenant_id, id)
  index standing_due btree (tenant_id, tier_until) WHERE (tier_until IS NOT NULL)
  index standing_tier btree (tenant_id, tier_id, member_id)

loyalty.tier
  tenant_id uuid not null
  id uuid not null
  rank integer not null
  name text not null
  min_spend_fen bigint not null default 0
  min_visits integer not null default 0
  condition text not null default 'any'::text
  earn_percent integer not null default 100
  benefits text[] not null default '{}'::text[]
  color text not null default '#8a8a8a'::text
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, rank)
  CHECK (((earn_percent >= 0) AND (earn_percent <= 1000)))
  CHECK ((condition = ANY (ARRAY['any'::text, 'all'::text])))
  CHECK ((min_spend_fen >= 0))
  CHECK ((min_visits >= 0))
  CHECK ((rank >= 0))

loyalty.tier_change
  tenant_id uuid not null
  member_id uuid not null
  id uuid not null
  from_tier_id uuid
  to_tier_id uuid
  reason text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, member_id, id)
