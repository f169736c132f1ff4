-- payments: generated from the catalogue by `npm run generate`. Do not edit.

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
  CHECK ((purpose = ANY (ARRAY['order'::text, 'top-up'::text])))
  CHECK ((state = ANY (ARRAY['created'::text, 'succeeded'::text, 'closed'::text])))
  index payment_open btree (tenant_id, created_at) WHERE (state = 'created'::text)
  index payment_subject btree (tenant_id, subject_id)

payments.refund
  tenant_id uuid not null
  id uuid not null
  payment_id uuid not null
  return_id uuid not null
  amount_fen bigint not null
  out_refund_no text not null
  state text not null default 'waiting'::text
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, out_refund_no)
  FOREIGN KEY (tenant_id, payment_id) REFERENCES payments.payment(tenant_id, id)
  CHECK ((amount_fen > 0))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'succeeded'::text, 'failed'::text])))
  index refund_waiting btree (tenant_id, at) WHERE (state = 'waiting'::text)

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
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, plan_id) REFERENCES payments.top_up_plan(tenant_id, id)
  CHECK ((method = ANY (ARRAY['cash'::text, 'card'::text, 'wechat'::text])))
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
