-- payments: generated from the catalogue by `npm run generate`. Do not edit.

payments.freeze
  tenant_id uuid not null
  member_id uuid not null
  kind text not null
  reason text not null
  by_actor text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, member_id)
  CHECK ((kind = ANY (ARRAY['loss'::text, 'dispute'::text, 'other'::text])))

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
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, out_trade_no)
  CHECK (((refunded_fen >= 0) AND (refunded_fen <= amount_fen)))
  CHECK ((amount_fen > 0))
  CHECK ((provider = 'wechat'::text))
  CHECK ((purpose = ANY (ARRAY['order'::text, 'top-up'::text, 'card'::text])))
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
