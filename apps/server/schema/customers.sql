-- customers: generated from the catalogue by `npm run generate`. Do not edit.

customers.blocked_value
  tenant_id uuid not null
  kind text not null
  digest bytea not null
  shown text not null
  reason text not null
  by_actor text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, kind, digest)

customers.code_use
  tenant_id uuid not null
  code_id uuid not null
  member_id uuid not null
  used_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  order_id text
  PRIMARY KEY (tenant_id, code_id)

customers.consent
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  purpose text not null
  version integer not null
  given boolean not null
  at timestamp with time zone not null
  by_actor text not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, member_id) REFERENCES customers.member(tenant_id, id)
  index consent_member btree (tenant_id, member_id, purpose, id DESC)

customers.data_copy
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  asked_at timestamp with time zone not null
  ready_at timestamp with time zone
  sealed text
  expires_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, member_id) REFERENCES customers.member(tenant_id, id)
  index data_copy_member btree (tenant_id, member_id, id DESC)

customers.deletion
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  state text not null default 'waiting'::text
  asked_by text not null
  asked_at timestamp with time zone not null
  purge_at timestamp with time zone not null
  undone_at timestamp with time zone
  blockers text[] not null default '{}'::text[]
  done_at timestamp with time zone
  certificate jsonb
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, member_id) REFERENCES customers.member(tenant_id, id)
  CHECK (((state = 'done'::text) = ((done_at IS NOT NULL) AND (certificate IS NOT NULL))))
  CHECK (((state = 'undone'::text) = (undone_at IS NOT NULL)))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'undone'::text, 'done'::text])))
  index deletion_due btree (tenant_id, purge_at) WHERE (state = 'waiting'::text)
  UNIQUE index deletion_standing btree (tenant_id, member_id) WHERE (state <> 'undone'::text)

customers.duplicate
  tenant_id uuid not null
  id uuid not null
  a_id uuid not null
  b_id uuid not null
  score integer not null
  reasons jsonb not null
  state text not null default 'open'::text
  found_at timestamp with time zone not null
  decided_by text
  decided_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, a_id, b_id)
  FOREIGN KEY (tenant_id, a_id) REFERENCES customers.member(tenant_id, id)
  FOREIGN KEY (tenant_id, b_id) REFERENCES customers.member(tenant_id, id)
  CHECK (((score >= 0) AND (score <= 100)))
  CHECK ((a_id < b_id))
  CHECK ((state = ANY (ARRAY['open'::text, 'later'::text, 'different'::text, 'merged'::text])))
  index duplicate_of_b btree (tenant_id, b_id)
  index duplicate_queue btree (tenant_id, state, score DESC, id)

customers.duplicate_run
  tenant_id uuid not null
  id uuid not null
  kind text not null
  phase text not null
  state text not null
  cursor_id uuid
  slice integer not null default 0
  total integer not null default 0
  done integer not null default 0
  found integer not null default 0
  min_score integer
  by_actor text not null
  by_name text not null
  started_at timestamp with time zone not null
  moved_at timestamp with time zone not null
  ended_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  CHECK ((kind = ANY (ARRAY['find'::text, 'merge'::text])))
  CHECK ((phase = ANY (ARRAY['cards'::text, 'pairs'::text])))
  CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'cancelled'::text])))
  UNIQUE index duplicate_run_one btree (tenant_id, kind) WHERE (state = 'running'::text)

customers.identity
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  kind text not null
  digest bytea not null
  shown text
  verified_at timestamp with time zone
  created_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, digest)
  CHECK ((kind = ANY (ARRAY['wechat-unionid'::text, 'alipay'::text, 'phone'::text, 'wechat-openid'::text, 'email'::text, 'card'::text, 'device'::text, 'external'::text])))
  index identity_member btree (tenant_id, member_id)

customers.identity_rules
  tenant_id uuid not null
  limits jsonb not null default '{}'::jsonb
  lease_days integer not null
  by_actor text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id)
  CHECK (((lease_days >= 30) AND (lease_days <= 3650)))

customers.match_card
  tenant_id uuid not null
  member_id uuid not null
  keys bigint[] not null
  name_key bigint
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, member_id)
  FOREIGN KEY (tenant_id, member_id) REFERENCES customers.member(tenant_id, id)

customers.member
  tenant_id uuid not null
  id uuid not null
  member_no text not null
  name text not null
  name_pinyin text not null default ''::text
  name_initials text not null default ''::text
  gender text not null default 'unknown'::text
  birth_calendar text
  birth_year smallint
  birth_month smallint
  birth_day smallint
  birth_leap boolean not null default false
  birthday_edited_at timestamp with time zone
  phone_sealed bytea
  phone_last4 text
  home_store_id uuid
  joined_at timestamp with time zone not null
  joined_via text not null
  preferences jsonb not null default '{}'::jsonb
  ext jsonb not null default '{}'::jsonb
  state text not null default 'active'::text
  updated_at timestamp with time zone not null
  grams text[]
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
  merged_into uuid
  import_id uuid
  terms text[]
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, member_no)
  FOREIGN KEY (tenant_id, home_store_id) REFERENCES org.unit(tenant_id, id)
  FOREIGN KEY (tenant_id, merged_into) REFERENCES customers.member(tenant_id, id)
  CHECK (((birth_day >= 1) AND (birth_day <= 31)))
  CHECK (((birth_month >= 1) AND (birth_month <= 12)))
  CHECK (((state = 'merged'::text) = (merged_into IS NOT NULL)))
  CHECK ((birth_calendar = ANY (ARRAY['solar'::text, 'lunar'::text])))
  CHECK ((gender = ANY (ARRAY['unknown'::text, 'female'::text, 'male'::text, 'other'::text])))
  CHECK ((state = ANY (ARRAY['active'::text, 'frozen'::text, 'merged'::text, 'closed'::text])))
  index member_birthday btree (tenant_id, birth_calendar, birth_month, birth_day) WHERE (birth_month IS NOT NULL)
  index member_grams gin (grams)
  index member_joined btree (tenant_id, joined_at DESC, id)
  index member_last4 btree (tenant_id, phone_last4)
  index member_merged btree (tenant_id, merged_into) WHERE (merged_into IS NOT NULL)
  index member_namesake btree (tenant_id, name, birth_month, birth_day) WHERE (birth_month IS NOT NULL)
  index member_number_1 btree (tenant_id, number_1, id) WHERE (number_1 IS NOT NULL)
  index member_number_2 btree (tenant_id, number_2, id) WHERE (number_2 IS NOT NULL)
  index member_number_3 btree (tenant_id, number_3, id) WHERE (number_3 IS NOT NULL)
  index member_number_4 btree (tenant_id, number_4, id) WHERE (number_4 IS NOT NULL)
  index member_number_5 btree (tenant_id, number_5, id) WHERE (number_5 IS NOT NULL)
  index member_number_6 btree (tenant_id, number_6, id) WHERE (number_6 IS NOT NULL)
  index member_reference_1 btree (tenant_id, reference_1, id) WHERE (reference_1 IS NOT NULL)
  index member_reference_2 btree (tenant_id, reference_2, id) WHERE (reference_2 IS NOT NULL)
  index member_reference_3 btree (tenant_id, reference_3, id) WHERE (reference_3 IS NOT NULL)
  index member_reference_4 btree (tenant_id, reference_4, id) WHERE (reference_4 IS NOT NULL)
  index member_store btree (tenant_id, home_store_id, joined_at DESC)
  index member_terms gin (terms) WHERE (terms IS NOT NULL)
  index member_text_1 btree (tenant_id, text_1, id) WHERE (text_1 IS NOT NULL)
  index member_text_2 btree (tenant_id, text_2, id) WHERE (text_2 IS NOT NULL)
  index member_text_3 btree (tenant_id, text_3, id) WHERE (text_3 IS NOT NULL)
  index member_text_4 btree (tenant_id, text_4, id) WHERE (text_4 IS NOT NULL)
  index member_text_5 btree (tenant_id, text_5, id) WHERE (text_5 IS NOT NULL)
  index member_text_6 btree (tenant_id, text_6, id) WHERE (text_6 IS NOT NULL)
  index member_text_7 btree (tenant_id, text_7, id) WHERE (text_7 IS NOT NULL)
  index member_text_8 btree (tenant_id, text_8, id) WHERE (text_8 IS NOT NULL)
  index member_time_1 btree (tenant_id, time_1, id) WHERE (time_1 IS NOT NULL)
  index member_time_2 btree (tenant_id, time_2, id) WHERE (time_2 IS NOT NULL)
  index member_time_3 btree (tenant_id, time_3, id) WHERE (time_3 IS NOT NULL)
  index member_time_4 btree (tenant_id, time_4, id) WHERE (time_4 IS NOT NULL)
  index member_unspelled btree (tenant_id, id) WHERE (grams IS NULL)

customers.member_address
  tenant_id uuid not null
  member_id uuid not null
  sealed bytea not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, member_id)
  FOREIGN KEY (tenant_id, member_id) REFERENCES customers.member(tenant_id, id)

customers.member_gram
  tenant_id uuid
  id uuid
  grams text[]
  state text
  joined_at timestamp with time zone
  home_store_id uuid
  name text
  name_pinyin text
  name_initials text

customers.member_tag
  tenant_id uuid not null
  member_id uuid not null
  tag text not null
  source text not null default 'manual'::text
  at timestamp with time zone not null
  by_actor text not null
  PRIMARY KEY (tenant_id, member_id, tag)
  FOREIGN KEY (tenant_id, member_id) REFERENCES customers.member(tenant_id, id)
  CHECK (((length(tag) >= 1) AND (length(tag) <= 40)))
  CHECK ((source = ANY (ARRAY['manual'::text, 'rule'::text, 'model'::text])))
  index member_tag_tag btree (tenant_id, tag, member_id)

customers.member_term
  tenant_id uuid
  id uuid
  terms text[]

customers.merge
  tenant_id uuid not null
  id uuid not null
  survivor_id uuid not null
  absorbed_id uuid not null
  state text not null default 'done'::text
  reason text not null
  by_actor text not null
  by_name text not null
  at timestamp with time zone not null
  undo_until timestamp with time zone not null
  undone_at timestamp with time zone
  undone_by text
  undo_reason text
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, absorbed_id) REFERENCES customers.member(tenant_id, id)
  FOREIGN KEY (tenant_id, survivor_id) REFERENCES customers.member(tenant_id, id)
  CHECK (((state = 'undone'::text) = (undone_at IS NOT NULL)))
  CHECK ((state = ANY (ARRAY['done'::text, 'undone'::text])))
  CHECK ((survivor_id <> absorbed_id))
  index merge_survivor btree (tenant_id, survivor_id, at DESC)
  UNIQUE index merge_standing btree (tenant_id, absorbed_id) WHERE (state = 'done'::text)

customers.merge_part
  tenant_id uuid not null
  merge_id uuid not null
  module text not null
  kept jsonb not null
  PRIMARY KEY (tenant_id, merge_id, module)
  FOREIGN KEY (tenant_id, merge_id) REFERENCES customers.merge(tenant_id, id)

customers.message
  tenant_id uuid not null
  message_id text not null
  type text not null
  member_id uuid
  decision text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, message_id)
  CHECK (((length(message_id) >= 1) AND (length(message_id) <= 128)))
  CHECK ((type = ANY (ARRAY['identify'::text, 'track'::text])))
  index message_at btree (tenant_id, at)
  index message_member btree (tenant_id, member_id) WHERE (member_id IS NOT NULL)

customers.phone_code
  tenant_id uuid not null
  phone_digest bytea not null
  code_hash bytea not null
  tries integer not null default 0
  sent_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  sent_on date
  sent_count integer not null default 0
  PRIMARY KEY (tenant_id, phone_digest)

customers.policy
  tenant_id uuid not null
  purpose text not null
  version integer not null
  text text not null
  published_at timestamp with time zone not null
  by_actor text not null
  text_en text not null default ''::text
  PRIMARY KEY (tenant_id, purpose, version)
  CHECK ((purpose = ANY (ARRAY['membership'::text, 'marketing-sms'::text, 'marketing-wechat'::text, 'profiling'::text])))
  CHECK ((version >= 1))

customers.session
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  secret_hash bytea not null
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, member_id) REFERENCES customers.member(tenant_id, id)
  index session_member btree (tenant_id, member_id, created_at DESC)
