-- ledger: generated from the catalogue by `npm run generate`. Do not edit.

ledger.account
  tenant_id uuid not null
  id uuid not null
  holder_id uuid not null
  asset text not null
  balance bigint not null default 0
  owed bigint not null default 0
  state text not null default 'active'::text
  opened_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, holder_id, asset)
  CHECK ((owed >= 0))
  CHECK ((state = ANY (ARRAY['active'::text, 'frozen'::text])))

ledger.hold
  tenant_id uuid not null
  id uuid not null
  account_id uuid not null
  lot_id uuid not null
  amount bigint not null
  ref_id text not null
  until timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, lot_id) REFERENCES ledger.lot(tenant_id, id)
  CHECK ((amount > 0))
  index hold_ref btree (tenant_id, ref_id)
  index hold_until btree (tenant_id, until)

ledger.kin
  tenant_id uuid not null
  account_id uuid not null
  kin_id uuid not null
  PRIMARY KEY (tenant_id, account_id, kin_id)

ledger.lot
  tenant_id uuid not null
  id uuid not null
  account_id uuid not null
  amount bigint not null
  remaining bigint not null
  held bigint not null default 0
  earned_at timestamp with time zone not null
  active_from timestamp with time zone not null
  expires_at timestamp with time zone
  origin_kind text not null
  origin_id text not null
  origin_holder_id uuid not null
  store_id uuid
  rule_version integer
  is_open boolean not null default true
  PRIMARY KEY (tenant_id, id)
  CHECK (((remaining >= 0) AND (remaining <= amount)))
  CHECK ((amount > 0))
  CHECK ((held <= remaining))
  CHECK ((held >= 0))
  CHECK ((is_open = (remaining > 0)))
  index lot_expiry btree (tenant_id, expires_at) WHERE (is_open AND (expires_at IS NOT NULL))
  index lot_open btree (tenant_id, account_id) WHERE is_open

ledger.posting
  tenant_id uuid not null
  account_id uuid not null
  id uuid not null
  lot_id uuid
  amount bigint not null
  counter text not null
  kind text not null
  ref_id text not null
  at timestamp with time zone not null
  balance_after bigint not null
  memo text
  PRIMARY KEY (tenant_id, account_id, id)
  CHECK ((amount <> 0))
  index posting_at brin (at) WITH (pages_per_range='32', autosummarize='on')
  index posting_pay btree (tenant_id, at) WHERE (kind = ANY (ARRAY['pay'::text, 'pay-back'::text]))
