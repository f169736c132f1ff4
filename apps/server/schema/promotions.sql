-- promotions: generated from the catalogue by `npm run generate`. Do not edit.

promotions.coupon
  tenant_id uuid not null
  id uuid not null
  code text not null
  template_id uuid not null
  template_version integer not null
  member_id uuid
  state text not null default 'issued'::text
  valid_from timestamp with time zone not null
  valid_until timestamp with time zone not null
  issued_at timestamp with time zone not null
  issued_by text not null
  order_id text
  held_until timestamp with time zone
  redeemed_at timestamp with time zone
  ended_reason text
  source text not null default 'issued'::text
  source_id text
  push_id uuid
  redeemed_by text
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, code)
  CHECK (((state = ANY (ARRAY['held'::text, 'redeemed'::text])) = (order_id IS NOT NULL)))
  CHECK ((code = upper(code)))
  CHECK ((source = ANY (ARRAY['issued'::text, 'claimed'::text, 'push'::text, 'code'::text, 'order'::text, 'joined'::text, 'share'::text])))
  CHECK ((state = ANY (ARRAY['issued'::text, 'held'::text, 'given'::text, 'redeemed'::text, 'expired'::text, 'void'::text])))
  index coupon_due btree (tenant_id, valid_until)
  index coupon_of_member btree (tenant_id, member_id, id)
  index coupon_of_pool btree (tenant_id, push_id, id) WHERE (source = 'code'::text)
  index coupon_of_source btree (tenant_id, source_id) WHERE (source_id IS NOT NULL)
  index coupon_of_template btree (tenant_id, template_id, id)

promotions.coupon_allowance
  tenant_id uuid not null
  template_id uuid not null
  member_id uuid not null
  taken integer not null
  period_from date
  period_taken integer not null default 0
  PRIMARY KEY (tenant_id, template_id, member_id)
  CHECK ((period_taken >= 0))
  CHECK ((taken >= 0))

promotions.coupon_clock
  tenant_id uuid not null
  work text not null
  done_until timestamp with time zone not null
  done_id uuid
  PRIMARY KEY (tenant_id, work)

promotions.coupon_gift
  tenant_id uuid not null
  id uuid not null
  token text not null
  coupon_id uuid not null
  from_member_id uuid not null
  to_member_id uuid
  message text not null default ''::text
  state text not null default 'offered'::text
  offered_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  ended_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, token)
  FOREIGN KEY (tenant_id, coupon_id) REFERENCES promotions.coupon(tenant_id, id)
  CHECK (((state = 'accepted'::text) = (to_member_id IS NOT NULL)))
  CHECK (((state = 'offered'::text) = (ended_at IS NULL)))
  CHECK ((state = ANY (ARRAY['offered'::text, 'accepted'::text, 'taken-back'::text, 'lapsed'::text])))
  index coupon_gift_due btree (tenant_id, expires_at) WHERE (state = 'offered'::text)
  UNIQUE index coupon_gift_open btree (tenant_id, coupon_id) WHERE (state = 'offered'::text)

promotions.coupon_push
  tenant_id uuid not null
  id uuid not null
  template_id uuid not null
  name text not null
  kind text not null
  audience jsonb not null default '{}'::jsonb
  state text not null
  total integer not null
  looked integer not null default 0
  issued integer not null default 0
  refused integer not null default 0
  revoked integer not null default 0
  cursor_id uuid
  reason text
  created_at timestamp with time zone not null
  created_by text not null
  moved_at timestamp with time zone not null
  ended_at timestamp with time zone
  redeemed integer not null default 0
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, template_id) REFERENCES promotions.coupon_template(tenant_id, id)
  CHECK ((kind = ANY (ARRAY['audience'::text, 'list'::text, 'codes'::text])))
  CHECK ((looked = (issued + refused)))
  CHECK ((revoked <= issued))
  CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text, 'failed'::text, 'revoking'::text, 'revoked'::text])))
  CHECK ((total >= 0))
  index coupon_push_moving btree (tenant_id, moved_at) WHERE (state = ANY (ARRAY['running'::text, 'revoking'::text]))

promotions.coupon_push_member
  tenant_id uuid not null
  push_id uuid not null
  member_id uuid not null
  PRIMARY KEY (tenant_id, push_id, member_id)
  FOREIGN KEY (tenant_id, push_id) REFERENCES promotions.coupon_push(tenant_id, id)

promotions.coupon_push_page
  tenant_id uuid not null
  push_id uuid not null
  no integer not null
  after_id uuid
  until_id uuid
  size integer not null
  is_open boolean not null default true
  PRIMARY KEY (tenant_id, push_id, no)
  FOREIGN KEY (tenant_id, push_id) REFERENCES promotions.coupon_push(tenant_id, id)
  CHECK ((size > 0))

promotions.coupon_return
  tenant_id uuid not null
  coupon_id uuid not null
  order_id text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, coupon_id, order_id)

promotions.coupon_reward
  tenant_id uuid not null
  order_id text not null
  template_id uuid not null
  member_id uuid not null
  net_fen bigint not null
  returned_fen bigint not null default 0
  minimum_fen bigint not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, order_id, template_id)

promotions.coupon_rule
  tenant_id uuid not null
  id uuid not null
  name text not null
  trigger text not null
  template_id uuid not null
  count integer not null default 1
  conditions jsonb not null default '{}'::jsonb
  state text not null default 'live'::text
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, template_id) REFERENCES promotions.coupon_template(tenant_id, id)
  CHECK (((count >= 1) AND (count <= 10)))
  CHECK ((state = ANY (ARRAY['live'::text, 'paused'::text, 'ended'::text])))
  CHECK ((trigger = ANY (ARRAY['order-paid'::text, 'member-joined'::text])))

promotions.coupon_share
  tenant_id uuid not null
  id uuid not null
  token text not null
  template_id uuid not null
  member_id uuid not null
  max_claims integer not null
  claims integer not null default 0
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, token)
  FOREIGN KEY (tenant_id, template_id) REFERENCES promotions.coupon_template(tenant_id, id)
  CHECK ((claims <= max_claims))
  CHECK ((max_claims > 0))
  index coupon_share_of_member btree (tenant_id, member_id, template_id)

promotions.coupon_share_claim
  tenant_id uuid not null
  share_id uuid not null
  member_id uuid not null
  coupon_id uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, share_id, member_id)

promotions.coupon_template
  tenant_id uuid not null
  id uuid not null
  version integer not null default 1
  name text not null
  kind text not null
  definition jsonb not null
  validity jsonb not null
  stock integer
  per_member integer
  issued integer not null default 0
  redeemed integer not null default 0
  state text not null default 'draft'::text
  claimable boolean not null default false
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  policy jsonb not null default '{}'::jsonb
  period text
  per_period integer
  period_stock integer
  period_from date
  period_issued integer not null default 0
  share jsonb
  cost_fen bigint not null default 0
  sales_fen bigint not null default 0
  PRIMARY KEY (tenant_id, id)
  CHECK (((period IS NULL) = ((per_period IS NULL) AND (period_stock IS NULL))))
  CHECK (((period_stock IS NULL) OR (period_issued <= period_stock)))
  CHECK (((stock IS NULL) OR (issued <= stock)))
  CHECK ((per_member > 0))
  CHECK ((per_period > 0))
  CHECK ((period = ANY (ARRAY['day'::text, 'week'::text, 'month'::text])))
  CHECK ((period_stock > 0))
  CHECK ((state = ANY (ARRAY['draft'::text, 'live'::text, 'ended'::text])))
  CHECK ((stock >= 0))

promotions.coupon_template_version
  tenant_id uuid not null
  template_id uuid not null
  version integer not null
  name text not null
  definition jsonb not null
  at timestamp with time zone not null
  policy jsonb not null default '{}'::jsonb
  by_actor text
  PRIMARY KEY (tenant_id, template_id, version)
  FOREIGN KEY (tenant_id, template_id) REFERENCES promotions.coupon_template(tenant_id, id)

promotions.offer
  tenant_id uuid not null
  id uuid not null
  name text not null
  definition jsonb not null
  state text not null default 'draft'::text
  priority integer not null default 100
  created_at timestamp with time zone not null
  updated_at timestamp with time zone not null
  version integer not null default 0
  draft jsonb
  draft_at timestamp with time zone
  draft_by text
  PRIMARY KEY (tenant_id, id)
  CHECK ((state = ANY (ARRAY['draft'::text, 'live'::text, 'paused'::text, 'ended'::text])))

promotions.offer_version
  tenant_id uuid not null
  offer_id uuid not null
  version integer not null
  name text not null
  priority integer not null
  state text not null
  definition jsonb not null
  rule_version integer
  note text
  at timestamp with time zone not null
  by_actor text not null
  PRIMARY KEY (tenant_id, offer_id, version)
  FOREIGN KEY (tenant_id, offer_id) REFERENCES promotions.offer(tenant_id, id)
  CHECK ((version > 0))

promotions.rule_version
  tenant_id uuid not null
  version integer not null
  rules jsonb not null
  sha256 text not null
  at timestamp with time zone not null
  by_actor text not null
  PRIMARY KEY (tenant_id, version)

promotions.simulation
  tenant_id uuid not null
  id uuid not null
  input jsonb not null
  result jsonb not null
  at timestamp with time zone not null
  by_actor text not null
  PRIMARY KEY (tenant_id, id)
