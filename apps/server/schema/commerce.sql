-- commerce: generated from the catalogue by `npm run generate`. Do not edit.

commerce.bill
  tenant_id uuid not null
  id text not null
  store_id uuid not null
  cart jsonb not null
  quote jsonb not null
  rule_version integer not null
  host_id uuid
  host jsonb
  total_fen bigint not null
  state text not null default 'open'::text
  revision integer not null default 1
  token text not null
  note text
  until timestamp with time zone not null
  opened_by text not null
  opened_at timestamp with time zone not null
  closed_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, token)
  CHECK ((state = ANY (ARRAY['open'::text, 'paid'::text, 'void'::text])))
  CHECK ((total_fen >= 0))
  index bill_open btree (tenant_id, opened_at) WHERE (state = 'open'::text)

commerce.bill_share
  tenant_id uuid not null
  bill_id text not null
  no integer not null
  name text not null
  member_id uuid
  total_fen bigint not null
  part jsonb not null
  coupon_ids jsonb not null default '[]'::jsonb
  state text not null default 'open'::text
  order_id text
  payer_id uuid
  paid_at timestamp with time zone
  PRIMARY KEY (tenant_id, bill_id, no)
  FOREIGN KEY (tenant_id, bill_id) REFERENCES commerce.bill(tenant_id, id)
  CHECK (((state = 'paid'::text) = (order_id IS NOT NULL)))
  CHECK ((no > 0))
  CHECK ((state = ANY (ARRAY['open'::text, 'paid'::text])))
  CHECK ((total_fen >= 0))
  index bill_share_order btree (tenant_id, order_id) WHERE (order_id IS NOT NULL)

commerce.offline_code
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  allowance_fen bigint not null
  used_fen bigint not null default 0
  tier_id uuid
  first_order boolean not null
  issued_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  escrow_until timestamp with time zone not null
  state text not null default 'open'::text
  PRIMARY KEY (tenant_id, id)
  CHECK (((used_fen >= 0) AND (used_fen <= allowance_fen)))
  CHECK ((allowance_fen > 0))
  CHECK ((state = ANY (ARRAY['open'::text, 'ended'::text])))
  index offline_code_escrow btree (tenant_id, escrow_until) WHERE (state = 'open'::text)
  index offline_code_member btree (tenant_id, member_id, expires_at DESC)

commerce.offline_exception
  tenant_id uuid not null
  id uuid not null
  kind text not null
  order_id text not null
  store_id uuid not null
  member_id uuid
  code_id uuid
  amount_fen bigint not null default 0
  detail jsonb not null default '{}'::jsonb
  at timestamp with time zone not null
  resolved_at timestamp with time zone
  resolved_by text
  resolution text
  PRIMARY KEY (tenant_id, id)
  CHECK ((kind = ANY (ARRAY['double-use'::text, 'price'::text, 'refused'::text, 'clock'::text, 'expired'::text])))
  index offline_exception_open btree (tenant_id, id) WHERE (resolved_at IS NULL)
  index offline_exception_order btree (tenant_id, order_id)

commerce.order
  tenant_id uuid not null
  id text not null
  store_id uuid not null
  channel text not null
  source text not null
  member_id uuid
  status text not null
  gross_fen bigint not null
  discount_fen bigint not null
  fees_fen bigint not null default 0
  net_fen bigint not null
  refunded_fen bigint not null default 0
  points_earned bigint not null default 0
  points_spent bigint not null default 0
  points_returned bigint not null default 0
  rule_version integer not null
  proof jsonb not null
  cashier text not null
  paid_at timestamp with time zone not null
  business_on date not null
  recorded_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  CHECK (((discount_fen >= 0) AND (discount_fen <= gross_fen)))
  CHECK (((points_returned >= 0) AND (points_returned <= points_earned)))
  CHECK (((refunded_fen >= 0) AND (refunded_fen <= net_fen)))
  CHECK ((fees_fen >= 0))
  CHECK ((gross_fen >= 0))
  CHECK ((net_fen = ((gross_fen - discount_fen) + fees_fen)))
  CHECK ((source = ANY (ARRAY['till'::text, 'ingest'::text])))
  CHECK ((status = ANY (ARRAY['paid'::text, 'partially-refunded'::text, 'refunded'::text])))
  index order_member btree (tenant_id, member_id, paid_at DESC)
  index order_recent btree (tenant_id, paid_at DESC, id)
  index order_store btree (tenant_id, store_id, paid_at DESC)

commerce.order_custom
  tenant_id uuid not null
  id uuid not null
  order_id text not null
  ext jsonb not null default '{}'::jsonb
  updated_at timestamp with time zone not null
  text_1 text
  text_2 text
  text_3 text
  text_4 text
  text_5 text
  text_6 text
  text_7 text
  text_8 text
  number_1 double precision
  number_2 double precision
  number_3 double precision
  number_4 double precision
  number_5 double precision
  number_6 double precision
  time_1 timestamp with time zone
  time_2 timestamp with time zone
  time_3 timestamp with time zone
  time_4 timestamp with time zone
  reference_1 uuid
  reference_2 uuid
  reference_3 uuid
  reference_4 uuid
  terms text[]
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, order_id)
  FOREIGN KEY (tenant_id, order_id) REFERENCES commerce."order"(tenant_id, id)
  index order_custom_number_1 btree (tenant_id, number_1, id) WHERE (number_1 IS NOT NULL)
  index order_custom_number_2 btree (tenant_id, number_2, id) WHERE (number_2 IS NOT NULL)
  index order_custom_number_3 btree (tenant_id, number_3, id) WHERE (number_3 IS NOT NULL)
  index order_custom_number_4 btree (tenant_id, number_4, id) WHERE (number_4 IS NOT NULL)
  index order_custom_number_5 btree (tenant_id, number_5, id) WHERE (number_5 IS NOT NULL)
  index order_custom_number_6 btree (tenant_id, number_6, id) WHERE (number_6 IS NOT NULL)
  index order_custom_reference_1 btree (tenant_id, reference_1, id) WHERE (reference_1 IS NOT NULL)
  index order_custom_reference_2 btree (tenant_id, reference_2, id) WHERE (reference_2 IS NOT NULL)
  index order_custom_reference_3 btree (tenant_id, reference_3, id) WHERE (reference_3 IS NOT NULL)
  index order_custom_reference_4 btree (tenant_id, reference_4, id) WHERE (reference_4 IS NOT NULL)
  index order_custom_terms gin (terms) WHERE (terms IS NOT NULL)
  index order_custom_text_1 btree (tenant_id, text_1, id) WHERE (text_1 IS NOT NULL)
  index order_custom_text_2 btree (tenant_id, text_2, id) WHERE (text_2 IS NOT NULL)
  index order_custom_text_3 btree (tenant_id, text_3, id) WHERE (text_3 IS NOT NULL)
  index order_custom_text_4 btree (tenant_id, text_4, id) WHERE (text_4 IS NOT NULL)
  index order_custom_text_5 btree (tenant_id, text_5, id) WHERE (text_5 IS NOT NULL)
  index order_custom_text_6 btree (tenant_id, text_6, id) WHERE (text_6 IS NOT NULL)
  index order_custom_text_7 btree (tenant_id, text_7, id) WHERE (text_7 IS NOT NULL)
  index order_custom_text_8 btree (tenant_id, text_8, id) WHERE (text_8 IS NOT NULL)
  index order_custom_time_1 btree (tenant_id, time_1, id) WHERE (time_1 IS NOT NULL)
  index order_custom_time_2 btree (tenant_id, time_2, id) WHERE (time_2 IS NOT NULL)
  index order_custom_time_3 btree (tenant_id, time_3, id) WHERE (time_3 IS NOT NULL)
  index order_custom_time_4 btree (tenant_id, time_4, id) WHERE (time_4 IS NOT NULL)

commerce.order_custom_term
  tenant_id uuid
  id uuid
  terms text[]

commerce.order_line
  tenant_id uuid not null
  order_id text not null
  no integer not null
  line_id text not null
  sku text not null
  name text not null
  category text
  quantity integer not null
  unit_price_fen bigint not null
  gross_fen bigint not null
  discount_fen bigint not null
  net_fen bigint not null
  points_earned bigint not null default 0
  tender_split jsonb not null
  returned_quantity integer not null default 0
  returned_fen bigint not null default 0
  returned_split jsonb not null default '[]'::jsonb
  PRIMARY KEY (tenant_id, order_id, no)
  CHECK (((net_fen = (gross_fen - discount_fen)) AND (net_fen >= 0)))
  CHECK (((returned_fen >= 0) AND (returned_fen <= net_fen)))
  CHECK (((returned_quantity >= 0) AND (returned_quantity <= quantity)))
  CHECK ((quantity >= 0))
  CHECK ((unit_price_fen >= 0))

commerce.product
  tenant_id uuid not null
  id uuid not null
  sku text not null
  barcode text
  name text not null
  name_pinyin text not null default ''::text
  name_initials text not null default ''::text
  category text
  price_fen bigint not null
  state text not null default 'on-sale'::text
  updated_at timestamp with time zone not null
  ext jsonb not null default '{}'::jsonb
  text_1 text
  text_2 text
  text_3 text
  text_4 text
  text_5 text
  text_6 text
  text_7 text
  text_8 text
  number_1 double precision
  number_2 double precision
  number_3 double precision
  number_4 double precision
  number_5 double precision
  number_6 double precision
  time_1 timestamp with time zone
  time_2 timestamp with time zone
  time_3 timestamp with time zone
  time_4 timestamp with time zone
  reference_1 uuid
  reference_2 uuid
  reference_3 uuid
  reference_4 uuid
  terms text[]
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, sku)
  CHECK ((price_fen >= 0))
  CHECK ((state = ANY (ARRAY['on-sale'::text, 'off-sale'::text])))
  index product_barcode btree (tenant_id, barcode)
  index product_grams gin (commerce.product_grams(name, name_pinyin, name_initials, sku) COLLATE "C")
  index product_number_1 btree (tenant_id, number_1, id) WHERE (number_1 IS NOT NULL)
  index product_number_2 btree (tenant_id, number_2, id) WHERE (number_2 IS NOT NULL)
  index product_number_3 btree (tenant_id, number_3, id) WHERE (number_3 IS NOT NULL)
  index product_number_4 btree (tenant_id, number_4, id) WHERE (number_4 IS NOT NULL)
  index product_number_5 btree (tenant_id, number_5, id) WHERE (number_5 IS NOT NULL)
  index product_number_6 btree (tenant_id, number_6, id) WHERE (number_6 IS NOT NULL)
  index product_reference_1 btree (tenant_id, reference_1, id) WHERE (reference_1 IS NOT NULL)
  index product_reference_2 btree (tenant_id, reference_2, id) WHERE (reference_2 IS NOT NULL)
  index product_reference_3 btree (tenant_id, reference_3, id) WHERE (reference_3 IS NOT NULL)
  index product_reference_4 btree (tenant_id, reference_4, id) WHERE (reference_4 IS NOT NULL)
  index product_terms gin (terms) WHERE (terms IS NOT NULL)
  index product_text_1 btree (tenant_id, text_1, id) WHERE (text_1 IS NOT NULL)
  index product_text_2 btree (tenant_id, text_2, id) WHERE (text_2 IS NOT NULL)
  index product_text_3 btree (tenant_id, text_3, id) WHERE (text_3 IS NOT NULL)
  index product_text_4 btree (tenant_id, text_4, id) WHERE (text_4 IS NOT NULL)
  index product_text_5 btree (tenant_id, text_5, id) WHERE (text_5 IS NOT NULL)
  index product_text_6 btree (tenant_id, text_6, id) WHERE (text_6 IS NOT NULL)
  index product_text_7 btree (tenant_id, text_7, id) WHERE (text_7 IS NOT NULL)
  index product_text_8 btree (tenant_id, text_8, id) WHERE (text_8 IS NOT NULL)
  index product_time_1 btree (tenant_id, time_1, id) WHERE (time_1 IS NOT NULL)
  index product_time_2 btree (tenant_id, time_2, id) WHERE (time_2 IS NOT NULL)
  index product_time_3 btree (tenant_id, time_3, id) WHERE (time_3 IS NOT NULL)
  index product_time_4 btree (tenant_id, time_4, id) WHERE (time_4 IS NOT NULL)

commerce.product_gram
  tenant_id uuid
  id uuid
  grams text[]

commerce.product_term
  tenant_id uuid
  id uuid
  terms text[]

commerce.quote
  tenant_id uuid not null
  order_id text not null
  cart jsonb not null
  quote jsonb not null
  quote_hash text not null
  member_id uuid
  state text not null default 'open'::text
  held_until timestamp with time zone
  at timestamp with time zone not null
  parked_at timestamp with time zone
  parked_by text
  note text
  PRIMARY KEY (tenant_id, order_id)
  CHECK ((state = ANY (ARRAY['open'::text, 'held'::text, 'released'::text])))
  index quote_held btree (tenant_id, held_until) WHERE (state = 'held'::text)
  index quote_parked btree (tenant_id, parked_at) WHERE (parked_at IS NOT NULL)

commerce.replay
  tenant_id uuid not null
  id uuid not null
  name text not null
  input jsonb not null
  state text not null default 'queued'::text
  from_at timestamp with time zone not null
  until_at timestamp with time zone not null
  orders_total integer not null default 0
  orders_done integer not null default 0
  cursor_at timestamp with time zone
  cursor_id text
  progress jsonb
  gained bytea
  result jsonb
  failure text
  runner uuid
  heartbeat_at timestamp with time zone
  created_at timestamp with time zone not null
  by_actor text not null
  started_at timestamp with time zone
  ended_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
  index replay_open btree (tenant_id, heartbeat_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]))

commerce.return
  tenant_id uuid not null
  id uuid not null
  order_id text
  external_id text
  store_id uuid not null
  member_id uuid
  amount_fen bigint not null
  lines jsonb not null
  tenders jsonb not null
  points_taken_back bigint not null default 0
  points_given_back bigint not null default 0
  reason text not null
  by_actor text not null
  at timestamp with time zone not null
  business_on date not null
  source jsonb
  points_clawed bigint not null default 0
  clawed_fen bigint not null default 0
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, external_id)
  CHECK ((amount_fen >= 0))
  CHECK ((clawed_fen >= 0))
  CHECK ((points_clawed >= 0))
  index return_member btree (tenant_id, member_id, at DESC)
  index return_order btree (tenant_id, order_id)
  index return_recent btree (tenant_id, at DESC)

commerce.tender
  tenant_id uuid not null
  order_id text not null
  no integer not null
  kind text not null
  amount_fen bigint not null
  refunded_fen bigint not null default 0
  points bigint
  principal_fen bigint
  payment_id uuid
  reference text
  PRIMARY KEY (tenant_id, order_id, no)
  CHECK (((refunded_fen >= 0) AND (refunded_fen <= amount_fen)))
  CHECK ((amount_fen >= 0))
  CHECK ((kind = ANY (ARRAY['cash'::text, 'card'::text, 'wechat'::text, 'stored-value'::text, 'points'::text, 'external'::text])))

commerce.waiting_return
  tenant_id uuid not null
  external_id text not null
  order_id text not null
  store_id uuid not null
  hash text not null
  wire jsonb not null
  by_actor text not null
  received_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, external_id)
  index waiting_return_order btree (tenant_id, order_id)
  index waiting_return_received btree (tenant_id, received_at)
