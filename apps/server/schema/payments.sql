-- payments: generated from the catalogue by `npm run generate`. Do not edit.

payments.card
  tenant_id uuid not null
  id uuid not null
  product_id uuid not null
  member_id uuid not null
  kind text not null
  name text not null
  list_use_fen bigint
  benefit_tag text
  state text not null
  ends_on date
  counted_on date
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, product_id) REFERENCES payments.card_product(tenant_id, id)
  CHECK ((kind = ANY (ARRAY['count'::text, 'period'::text])))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'active'::text, 'paused'::text, 'ended'::text, 'refunded'::text, 'cancelled'::text])))
  index card_of_member btree (tenant_id, member_id, id)
  index card_running btree (tenant_id, counted_on) WHERE ((kind = 'period'::text) AND (state = 'active'::text))

payments.card_product
  tenant_id uuid not null
  id uuid not null
  kind text not null
  name text not null
  serves text not null
  price_fen bigint not null
  units integer not null
  list_use_fen bigint
  valid_days integer
  benefit_tag text
  renews boolean not null default false
  store_ids text[] not null default '{}'::text[]
  position integer not null default 0
  state text not null default 'live'::text
  PRIMARY KEY (tenant_id, id)
  CHECK (((NOT renews) OR ((kind = 'period'::text) AND (price_fen > 0))))
  CHECK (((units >= 1) AND (units <= 10000)))
  CHECK (((valid_days IS NULL) OR ((kind = 'count'::text) AND (price_fen = 0))))
  CHECK ((kind = ANY (ARRAY['count'::text, 'period'::text])))
  CHECK ((list_use_fen >= 0))
  CHECK ((price_fen >= 0))
  CHECK ((state = ANY (ARRAY['live'::text, 'ended'::text])))
  CHECK ((valid_days > 0))

payments.card_sale
  tenant_id uuid not null
  id uuid not null
  card_id uuid not null
  units integer not null
  price_fen bigint not null
  used integer not null default 0
  recognised_fen bigint not null default 0
  method text not null
  payment_id uuid
  store_id uuid
  state text not null
  by_actor text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, card_id) REFERENCES payments.card(tenant_id, id)
  CHECK (((used >= 0) AND (used <= units)))
  CHECK ((method = ANY (ARRAY['cash'::text, 'card'::text, 'wechat'::text, 'gift'::text])))
  CHECK ((price_fen >= 0))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'cancelled'::text])))
  CHECK ((units > 0))
  index card_sale_card btree (tenant_id, card_id, id)
  index card_sale_payment btree (tenant_id, payment_id) WHERE (payment_id IS NOT NULL)

payments.card_use
  tenant_id uuid not null
  id uuid not null
  card_id uuid not null
  uses integer not null
  recognised_fen bigint not null
  undo_of uuid
  store_id uuid not null
  note text
  by_actor text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, undo_of)
  FOREIGN KEY (tenant_id, card_id) REFERENCES payments.card(tenant_id, id)
  CHECK (((uses < 0) = (undo_of IS NOT NULL)))
  CHECK ((uses <> 0))
  index card_use_card btree (tenant_id, card_id, id)

payments.freeze
  tenant_id uuid not null
  member_id uuid not null
  kind text not null
  reason text not null
  by_actor text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, member_id)
  CHECK ((kind = ANY (ARRAY['loss'::text, 'dispute'::text, 'other'::text])))

payments.merchant_account
  tenant_id uuid not null
  merchant_id text not null
  app_id text not null
  certificate_serial text not null
  public_key_id text not null
  public_key_pem text not null
  papay_plan_id integer
  secrets_sealed bytea not null
  is_current boolean not null default true
  by_actor text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, merchant_id)
  UNIQUE index merchant_account_current btree (tenant_id) WHERE is_current

payments.payment
  tenant_id uuid not null
  id uuid not null
  provider text not null
  purpose text not null
  subject_id text not null
  member_id uuid
  amount_fen bigint not null
  refunded_fen bigint not null default 0
  out_trade_no text not null
  transaction_no text
  code_url text
  pay_params jsonb
  state text not null default 'created'::text
  used_by text
  created_at timestamp with time zone not null
  succeeded_at timestamp with time zone
  merchant_id text
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, out_trade_no)
  CHECK (((refunded_fen >= 0) AND (refunded_fen <= amount_fen)))
  CHECK ((amount_fen > 0))
  CHECK ((provider = 'wechat'::text))
  CHECK ((purpose = ANY (ARRAY['order'::text, 'top-up'::text, 'card'::text, 'redemption'::text])))
  CHECK ((state = ANY (ARRAY['created'::text, 'succeeded'::text, 'closed'::text])))
  index payment_open btree (tenant_id, created_at) WHERE (state = 'created'::text)
  index payment_subject btree (tenant_id, subject_id)

payments.prepaid_terms
  tenant_id uuid not null
  version integer not null
  spend_order text not null
  approval_over_fen bigint not null
  by_actor text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, version)
  CHECK ((approval_over_fen >= 0))
  CHECK ((spend_order = ANY (ARRAY['proportional'::text, 'principal-first'::text, 'bonus-first'::text])))
  CHECK ((version > 0))

payments.refund
  tenant_id uuid not null
  id uuid not null
  payment_id uuid not null
  return_id uuid not null
  amount_fen bigint not null
  out_refund_no text not null
  state text not null default 'waiting'::text
  at timestamp with time zone not null
  reason text not null default '退货退款'::text
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, out_refund_no)
  FOREIGN KEY (tenant_id, payment_id) REFERENCES payments.payment(tenant_id, id)
  CHECK ((amount_fen > 0))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'succeeded'::text, 'failed'::text])))
  index refund_waiting btree (tenant_id, at) WHERE (state = 'waiting'::text)

payments.renewal
  tenant_id uuid not null
  id uuid not null
  card_id uuid not null
  member_id uuid not null
  contract_code text not null
  contract_id text
  state text not null
  price_fen bigint not null
  due_on date
  told_for date
  attempts integer not null default 0
  next_try_on date
  sale_id uuid
  last_error text
  end_reason text
  at timestamp with time zone not null
  merchant_id text
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, contract_code)
  FOREIGN KEY (tenant_id, card_id) REFERENCES payments.card(tenant_id, id)
  CHECK ((price_fen > 0))
  CHECK ((state = ANY (ARRAY['signing'::text, 'active'::text, 'ended'::text])))
  index renewal_due btree (tenant_id, due_on) WHERE (state = 'active'::text)
  UNIQUE index renewal_running btree (tenant_id, card_id) WHERE (state <> 'ended'::text)

payments.stored_card
  tenant_id uuid not null
  id uuid not null
  card_no text not null
  kind text not null
  member_id uuid
  amount_fen bigint not null default 0
  expires_on date
  state text not null
  replaced_by uuid
  method text
  store_id uuid
  by_actor text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, card_no)
  CHECK (((kind = 'named'::text) = (expires_on IS NULL)))
  CHECK (((kind = 'named'::text) OR ((amount_fen >= 1) AND (amount_fen <= 100000))))
  CHECK (((kind = 'unnamed'::text) OR (member_id IS NOT NULL)))
  CHECK ((kind = ANY (ARRAY['named'::text, 'unnamed'::text])))
  CHECK ((method = ANY (ARRAY['cash'::text, 'card'::text])))
  CHECK ((state = ANY (ARRAY['active'::text, 'lost'::text, 'replaced'::text, 'bound'::text])))
  index stored_card_of_member btree (tenant_id, member_id, id)

payments.top_up
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  plan_id uuid not null
  principal_fen bigint not null
  bonus_fen bigint not null
  method text not null
  payment_id uuid
  store_id uuid
  state text not null
  by_actor text not null
  at timestamp with time zone not null
  spend_order text not null default 'proportional'::text
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, plan_id) REFERENCES payments.top_up_plan(tenant_id, id)
  CHECK ((method = ANY (ARRAY['cash'::text, 'card'::text, 'wechat'::text])))
  CHECK ((spend_order = ANY (ARRAY['proportional'::text, 'principal-first'::text, 'bonus-first'::text])))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'cancelled'::text])))
  index top_up_member btree (tenant_id, member_id, id)

payments.top_up_plan
  tenant_id uuid not null
  id uuid not null
  name text not null
  principal_fen bigint not null
  bonus_fen bigint not null default 0
  position integer not null default 0
  state text not null default 'live'::text
  PRIMARY KEY (tenant_id, id)
  CHECK ((bonus_fen >= 0))
  CHECK ((principal_fen > 0))
  CHECK ((state = ANY (ARRAY['live'::text, 'ended'::text])))

payments.transfer
  tenant_id uuid not null
  id uuid not null
  from_member_id uuid not null
  to_member_id uuid not null
  principal_fen bigint not null
  bonus_fen bigint not null
  reason text not null
  by_actor text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  CHECK ((bonus_fen >= 0))
  CHECK ((principal_fen >= 0))
  CHECK ((to_member_id <> from_member_id))

payments.withdrawal
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  card_id uuid
  store_id uuid
  cause text not null
  state text not null
  method text not null
  reference text
  refund_fen bigint not null
  principal_fen bigint not null default 0
  bonus_fen bigint not null default 0
  quote jsonb not null
  reason text not null
  asked_by text not null
  asked_at timestamp with time zone not null
  decided_by text
  decided_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  CHECK ((bonus_fen >= 0))
  CHECK ((cause = ANY (ARRAY['seven-day'::text, 'consumer'::text, 'merchant'::text])))
  CHECK ((method = ANY (ARRAY['original'::text, 'cash'::text, 'bank'::text])))
  CHECK ((principal_fen >= 0))
  CHECK ((refund_fen > 0))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'paying'::text, 'done'::text, 'declined'::text])))
  index withdrawal_of_member btree (tenant_id, member_id, id)
  index withdrawal_open btree (tenant_id, id) WHERE (state = ANY (ARRAY['waiting'::text, 'paying'::text]))

payments.withdrawal_part
  tenant_id uuid not null
  withdrawal_id uuid not null
  source_id text not null
  refund_fen bigint not null
  method text not null
  payment_id uuid
  refund_id uuid
  state text not null
  PRIMARY KEY (tenant_id, withdrawal_id, source_id)
  FOREIGN KEY (tenant_id, withdrawal_id) REFERENCES payments.withdrawal(tenant_id, id)
  CHECK ((method = ANY (ARRAY['wechat'::text, 'card'::text, 'cash'::text, 'bank'::text])))
  CHECK ((refund_fen >= 0))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'paid'::text, 'failed'::text])))
  index withdrawal_part_refund btree (tenant_id, refund_id) WHERE (refund_id IS NOT NULL)
  index withdrawal_part_source btree (tenant_id, source_id)
