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
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, code)
  FOREIGN KEY (tenant_id, template_id, template_version) REFERENCES promotions.coupon_template_version(tenant_id, template_id, version)
  CHECK (((state = ANY (ARRAY['held'::text, 'redeemed'::text])) = (order_id IS NOT NULL)))
  CHECK ((code = upper(code)))
  CHECK ((state = ANY (ARRAY['issued'::text, 'held'::text, 'redeemed'::text, 'expired'::text, 'void'::text])))
  index coupon_due btree (tenant_id, valid_until)
  index coupon_of_member btree (tenant_id, member_id, id)
  index coupon_of_template btree (tenant_id, template_id, id)

promotions.coupon_allowance
  tenant_id uuid not null
  template_id uuid not null
  member_id uuid not null
  taken integer not null
  PRIMARY KEY (tenant_id, template_id, member_id)
  CHECK ((taken >= 0))

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
  PRIMARY KEY (tenant_id, id)
  CHECK (((stock IS NULL) OR (issued <= stock)))
  CHECK ((kind = ANY (ARRAY['amount-off'::text, 'percent-off'::text, 'exchange'::text])))
  CHECK ((per_member > 0))
  CHECK ((state = ANY (ARRAY['draft'::text, 'live'::text, 'ended'::text])))
  CHECK ((stock >= 0))

promotions.coupon_template_version
  tenant_id uuid not null
  template_id uuid not null
  version integer not null
  name text not null
  definition jsonb not null
  at timestamp with time zone not null
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
