-- loyalty: generated from the catalogue by `npm run generate`. Do not edit.

loyalty.adjustment_limit
  tenant_id uuid not null
  role_id uuid not null
  max_points bigint not null
  PRIMARY KEY (tenant_id, role_id)
  FOREIGN KEY (tenant_id, role_id) REFERENCES org.role(tenant_id, id) ON DELETE CASCADE
  CHECK ((max_points >= 0))

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

loyalty.expiry_notice
  tenant_id uuid not null
  member_id uuid not null
  expires_at timestamp with time zone not null
  warn_days integer not null
  points bigint not null
  told_at timestamp with time zone
  PRIMARY KEY (tenant_id, member_id, expires_at, warn_days)
  index expiry_notice_untold btree (tenant_id, member_id) WHERE (told_at IS NULL)

loyalty.points_counter
  tenant_id uuid not null
  counted text not null
  holder_id uuid not null
  period text not null
  used bigint not null default 0
  PRIMARY KEY (tenant_id, counted, holder_id, period)
  CHECK ((used >= 0))

loyalty.points_earning
  tenant_id uuid not null
  source text not null
  reference text not null
  id uuid not null
  member_id uuid not null
  points bigint not null
  growth bigint not null default 0
  note text
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, source, reference)
  CHECK ((points >= 0))
  CHECK ((source = ANY (ARRAY['top-up'::text, 'review'::text, 'referral'::text, 'check-in'::text, 'activity'::text])))
  index points_earning_member btree (tenant_id, member_id, at DESC)

loyalty.points_freeze
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  points bigint not null
  reason text not null
  by_actor text not null
  at timestamp with time zone not null
  released_by text
  released_at timestamp with time zone
  release_reason text
  PRIMARY KEY (tenant_id, id)
  CHECK ((points > 0))
  index points_freeze_member btree (tenant_id, member_id, at DESC)

loyalty.points_request
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  points bigint not null
  reason text not null
  state text not null default 'waiting'::text
  asked_by text not null
  asked_by_name text not null
  asked_at timestamp with time zone not null
  decided_by text
  decided_by_name text
  decided_at timestamp with time zone
  decision_reason text
  PRIMARY KEY (tenant_id, id)
  CHECK ((decided_by IS DISTINCT FROM asked_by))
  CHECK ((points <> 0))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'rejected'::text])))
  index points_request_state btree (tenant_id, state, id DESC)

loyalty.points_transfer
  tenant_id uuid not null
  id uuid not null
  from_member_id uuid not null
  to_member_id uuid not null
  points bigint not null
  reason text
  by_actor text not null
  business_on date not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  CHECK ((from_member_id <> to_member_id))
  CHECK ((points > 0))
  index points_transfer_day btree (tenant_id, from_member_id, business_on)

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
  pending_kind text not null default 'none'::text
  pending_days integer not null default 0
  expiry_day text
  restore_grace_days integer not null default 0
  transfer_day_limit bigint
  earn_combine text not null default 'multiply'::text
  earn_rounding text not null default 'half-up'::text
  earn_max_per_order bigint
  earn_max_per_day bigint
  tier_window_kind text not null default 'rolling'::text
  tier_downgrade text not null default 'one-down'::text
  tier_grace_days integer not null default 0
  tier_notice_days integer not null default 30
  tier_refund_month text not null default 'order'::text
  growth_points integer not null default 0
  growth_per_fen integer not null default 100
  growth_per_visit integer not null default 0
  PRIMARY KEY (tenant_id)
  CHECK (((expiry_months >= 0) AND (expiry_months <= 120)))
  CHECK (((max_order_share_percent >= 0) AND (max_order_share_percent <= 100)))
  CHECK (((pending_days >= 0) AND (pending_days <= 365)))
  CHECK (((restore_grace_days >= 0) AND (restore_grace_days <= 365)))
  CHECK (((tier_grace_days >= 0) AND (tier_grace_days <= 365)))
  CHECK (((tier_notice_days >= 0) AND (tier_notice_days <= 365)))
  CHECK (((tier_window_months >= 1) AND (tier_window_months <= 36)))
  CHECK ((earn_combine = ANY (ARRAY['multiply'::text, 'best'::text, 'add'::text])))
  CHECK ((earn_max_per_day > 0))
  CHECK ((earn_max_per_order > 0))
  CHECK ((earn_per_fen > 0))
  CHECK ((earn_points >= 0))
  CHECK ((earn_rounding = ANY (ARRAY['half-up'::text, 'down'::text])))
  CHECK ((expiry_day ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'::text))
  CHECK ((expiry_kind = ANY (ARRAY['never'::text, 'months'::text, 'year-end'::text, 'fixed-date'::text, 'activation'::text])))
  CHECK ((growth_per_fen > 0))
  CHECK ((growth_per_visit >= 0))
  CHECK ((growth_points >= 0))
  CHECK ((negative_policy = ANY (ARRAY['forbid'::text, 'show'::text, 'withhold'::text, 'claw'::text])))
  CHECK ((pending_kind = ANY (ARRAY['none'::text, 'days'::text, 'return-window'::text])))
  CHECK ((spend_fen > 0))
  CHECK ((spend_points > 0))
  CHECK ((spend_step > 0))
  CHECK ((tier_downgrade = ANY (ARRAY['one-down'::text, 'balance-based'::text])))
  CHECK ((tier_refund_month = ANY (ARRAY['order'::text, 'refund'::text])))
  CHECK ((tier_window_kind = ANY (ARRAY['rolling'::text, 'calendar-year'::text, 'calendar-quarter'::text, 'anniversary'::text])))
  CHECK ((transfer_day_limit > 0))

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
  grant_kind text
  noticed_until timestamp with time zone
  PRIMARY KEY (tenant_id, member_id)
  FOREIGN KEY (tenant_id, tier_id) REFERENCES loyalty.tier(tenant_id, id)
  CHECK ((grant_kind = ANY (ARRAY['raise'::text, 'lower'::text])))
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
  min_growth bigint not null default 0
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, rank)
  CHECK (((earn_percent >= 0) AND (earn_percent <= 1000)))
  CHECK ((condition = ANY (ARRAY['any'::text, 'all'::text])))
  CHECK ((min_growth >= 0))
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

loyalty.tier_grant
  tenant_id uuid not null
  member_id uuid not null
  id uuid not null
  tier_id uuid not null
  until timestamp with time zone not null
  reason text not null
  by_actor text not null
  by_name text not null
  at timestamp with time zone not null
  ended_at timestamp with time zone
  end_reason text
  PRIMARY KEY (tenant_id, member_id, id)
  FOREIGN KEY (tenant_id, tier_id) REFERENCES loyalty.tier(tenant_id, id)
