-- loyalty: generated from the catalogue by `npm run generate`. Do not edit.

loyalty.adjustment_limit
  tenant_id uuid not null
  role_id uuid not null
  max_points bigint not null
  PRIMARY KEY (tenant_id, role_id)
  FOREIGN KEY (tenant_id, role_id) REFERENCES org.role(tenant_id, id) ON DELETE CASCADE
  CHECK ((max_points >= 0))

loyalty.benefit
  tenant_id uuid not null
  id uuid not null
  name text not null
  description text not null default ''::text
  kind text not null
  grant_on text not null
  tier_ids uuid[] not null default '{}'::uuid[]
  quota integer
  coupon_template_id uuid
  points bigint
  lead_days integer not null default 7
  valid_days integer not null default 30
  is_automatic boolean not null default false
  position integer not null default 100
  state text not null default 'draft'::text
  updated_at timestamp with time zone not null
  offer_id uuid
  PRIMARY KEY (tenant_id, id)
  CHECK (((kind = 'coupon'::text) = (coupon_template_id IS NOT NULL)))
  CHECK (((kind = 'points'::text) = (points IS NOT NULL)))
  CHECK (((lead_days >= 0) AND (lead_days <= 31)))
  CHECK (((quota IS NOT NULL) OR (kind = ANY (ARRAY['priority-queue'::text, 'free-delivery'::text, 'exclusive-price'::text]))))
  CHECK (((valid_days >= 1) AND (valid_days <= 366)))
  CHECK ((grant_on = ANY (ARRAY['birthday'::text, 'month'::text, 'quarter'::text, 'year'::text, 'always'::text, 'hand'::text])))
  CHECK ((kind = ANY (ARRAY['coupon'::text, 'points'::text, 'partner-code'::text, 'priority-queue'::text, 'free-delivery'::text, 'exclusive-price'::text, 'service'::text])))
  CHECK ((points > 0))
  CHECK ((quota > 0))
  CHECK ((state = ANY (ARRAY['draft'::text, 'live'::text, 'ended'::text])))

loyalty.benefit_code
  tenant_id uuid not null
  id uuid not null
  benefit_id uuid not null
  code text not null
  expires_on date
  use_id uuid
  handed_at timestamp with time zone
  added_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, benefit_id, code)
  FOREIGN KEY (tenant_id, benefit_id) REFERENCES loyalty.benefit(tenant_id, id)
  CHECK (((use_id IS NULL) = (handed_at IS NULL)))
  index benefit_code_free btree (tenant_id, benefit_id, id) WHERE (use_id IS NULL)
  index benefit_code_use btree (tenant_id, use_id) WHERE (use_id IS NOT NULL)

loyalty.benefit_grant
  tenant_id uuid not null
  id uuid not null
  benefit_id uuid not null
  member_id uuid not null
  period text not null
  quota integer
  used integer not null default 0
  valid_from timestamp with time zone not null
  valid_until timestamp with time zone
  granted_by text not null
  granted_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, member_id, benefit_id, period)
  FOREIGN KEY (tenant_id, benefit_id) REFERENCES loyalty.benefit(tenant_id, id)
  CHECK ((quota > 0))
  CHECK ((used <= quota))
  CHECK ((used >= 0))

loyalty.benefit_use
  tenant_id uuid not null
  id uuid not null
  grant_id uuid not null
  benefit_id uuid not null
  member_id uuid not null
  store_id uuid
  order_id text
  outcome jsonb not null default '{}'::jsonb
  by_actor text not null
  at timestamp with time zone not null
  undone_at timestamp with time zone
  undone_by text
  undo_reason text
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, grant_id) REFERENCES loyalty.benefit_grant(tenant_id, id)
  index benefit_use_of_benefit btree (tenant_id, benefit_id, id)
  index benefit_use_of_grant btree (tenant_id, grant_id)
  index benefit_use_of_member btree (tenant_id, member_id, id)

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

loyalty.life_stage
  tenant_id uuid not null
  member_id uuid not null
  stage text not null
  since timestamp with time zone not null
  due_at timestamp with time zone
  PRIMARY KEY (tenant_id, member_id)
  CHECK ((stage = ANY (ARRAY['aware'::text, 'first'::text, 'repeat'::text, 'loyal'::text, 'dormant'::text, 'lost'::text])))
  index life_stage_members btree (tenant_id, stage, member_id)

loyalty.life_stage_change
  tenant_id uuid not null
  member_id uuid not null
  id uuid not null
  from_stage text
  to_stage text not null
  reason text not null
  given text[] not null default '{}'::text[]
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, member_id, id)
  index life_stage_change_at btree (tenant_id, at, to_stage)

loyalty.mall_allowance
  tenant_id uuid not null
  item_id uuid not null
  member_id uuid not null
  period text not null
  taken integer not null
  PRIMARY KEY (tenant_id, item_id, member_id, period)
  FOREIGN KEY (tenant_id, item_id) REFERENCES loyalty.mall_item(tenant_id, id)
  CHECK ((taken >= 0))

loyalty.mall_item
  tenant_id uuid not null
  id uuid not null
  name text not null
  description text not null default ''::text
  kind text not null
  picture_id uuid
  points bigint not null
  cash_fen bigint not null default 0
  stock integer
  redeemed integer not null default 0
  per_member integer
  limit_period text not null default 'ever'::text
  tier_ids uuid[] not null default '{}'::uuid[]
  store_ids uuid[] not null default '{}'::uuid[]
  coupon_template_id uuid
  benefit_id uuid
  pickup_days integer not null default 30
  starts_on date
  ends_on date
  position integer not null default 100
  state text not null default 'draft'::text
  updated_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, picture_id) REFERENCES loyalty.mall_picture(tenant_id, id)
  CHECK (((kind = 'benefit'::text) = (benefit_id IS NOT NULL)))
  CHECK (((kind = 'coupon'::text) = (coupon_template_id IS NOT NULL)))
  CHECK (((pickup_days >= 1) AND (pickup_days <= 365)))
  CHECK ((cash_fen >= 0))
  CHECK ((kind = ANY (ARRAY['dish'::text, 'goods'::text, 'coupon'::text, 'benefit'::text])))
  CHECK ((limit_period = ANY (ARRAY['ever'::text, 'day'::text, 'week'::text, 'month'::text, 'year'::text])))
  CHECK ((per_member > 0))
  CHECK ((points > 0))
  CHECK ((redeemed <= stock))
  CHECK ((redeemed >= 0))
  CHECK ((state = ANY (ARRAY['draft'::text, 'live'::text, 'ended'::text])))
  CHECK ((stock >= 0))

loyalty.mall_picture
  tenant_id uuid not null
  id uuid not null
  media_type text not null
  bytes bytea not null
  added_by text not null
  added_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  CHECK (((octet_length(bytes) >= 1) AND (octet_length(bytes) <= 204800)))
  CHECK ((media_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text])))

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
  lifecycle jsonb
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

loyalty.redemption
  tenant_id uuid not null
  id uuid not null
  item_id uuid not null
  member_id uuid not null
  kind text not null
  name text not null
  quantity integer not null
  points bigint not null
  cash_fen bigint not null
  period text not null
  state text not null
  code text
  payment_id uuid
  pay_until timestamp with time zone
  pickup_until timestamp with time zone
  outcome jsonb not null default '{}'::jsonb
  store_id uuid
  handed_by text
  handed_at timestamp with time zone
  ended_at timestamp with time zone
  end_reason text
  restocked boolean not null default false
  refund_id uuid
  created_at timestamp with time zone not null
  paid_by text
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, code)
  FOREIGN KEY (tenant_id, item_id) REFERENCES loyalty.mall_item(tenant_id, id)
  CHECK (((paid_by IS NULL) OR ((payment_id IS NULL) AND (cash_fen > 0))))
  CHECK (((quantity >= 1) AND (quantity <= 100)))
  CHECK (((state = 'ready'::text) <= ((code IS NOT NULL) AND (pickup_until IS NOT NULL))))
  CHECK (((state = 'waiting'::text) <= ((payment_id IS NOT NULL) AND (pay_until IS NOT NULL))))
  CHECK ((cash_fen >= 0))
  CHECK ((paid_by = ANY (ARRAY['cash'::text, 'card'::text])))
  CHECK ((points > 0))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'ready'::text, 'done'::text, 'cancelled'::text, 'expired'::text, 'refunded'::text])))
  index redemption_of_item btree (tenant_id, item_id, id)
  index redemption_of_member btree (tenant_id, member_id, id)
  index redemption_unfetched btree (tenant_id, pickup_until) WHERE (state = 'ready'::text)
  index redemption_unpaid btree (tenant_id, pay_until) WHERE (state = 'waiting'::text)

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
