-- customers: generated from the catalogue by `npm run generate`. Do not edit.

customers.code_use
  tenant_id uuid not null
  code_id uuid not null
  member_id uuid not null
  used_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  order_id text
  PRIMARY KEY (tenant_id, code_id)

customers.identity
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  kind text not null
  digest bytea not null
  shown text
  verified_at timestamp with time zone
  created_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, kind, digest)
  FOREIGN KEY (tenant_id, member_id) REFERENCES customers.member(tenant_id, id)
  CHECK ((kind = ANY (ARRAY['phone'::text, 'wechat-openid'::text, 'wechat-unionid'::text, 'card'::text, 'external'::text])))
  index identity_member btree (tenant_id, member_id)

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
  grams text[] not null default '{}'::text[]
  updated_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, member_no)
  FOREIGN KEY (tenant_id, home_store_id) REFERENCES org.unit(tenant_id, id)
  CHECK (((birth_day >= 1) AND (birth_day <= 31)))
  CHECK (((birth_month >= 1) AND (birth_month <= 12)))
  CHECK ((birth_calendar = ANY (ARRAY['solar'::text, 'lunar'::text])))
  CHECK ((gender = ANY (ARRAY['unknown'::text, 'female'::text, 'male'::text, 'other'::text])))
  CHECK ((state = ANY (ARRAY['active'::text, 'frozen'::text, 'merged'::text, 'closed'::text])))
  index member_birthday btree (tenant_id, birth_calendar, birth_month, birth_day) WHERE (birth_month IS NOT NULL)
  index member_grams gin (grams)
  index member_joined btree (tenant_id, joined_at DESC, id)
  index member_last4 btree (tenant_id, phone_last4)
  index member_store btree (tenant_id, home_store_id, joined_at DESC)

customers.member_gram
  tenant_id uuid
  id uuid
  grams text[]
  joined_at timestamp with time zone
  home_store_id uuid

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

customers.session
  tenant_id uuid not null
  id uuid not null
  member_id uuid not null
  secret_hash bytea not null
  created_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, member_id) REFERENCES customers.member(tenant_id, id)
