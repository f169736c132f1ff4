-- org: generated from the catalogue by `npm run generate`. Do not edit.

org.api_key
  tenant_id uuid not null
  id uuid not null
  name text not null
  secret_hash bytea not null
  last_four text not null
  scopes text[] not null
  requests_per_minute integer not null default 60000
  created_at timestamp with time zone not null
  created_by text not null
  last_used_at timestamp with time zone
  revoked_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  CHECK ((requests_per_minute > 0))

org.recovery_code
  tenant_id uuid not null
  staff_id uuid not null
  code_hash bytea not null
  PRIMARY KEY (tenant_id, staff_id, code_hash)
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)

org.role
  tenant_id uuid not null
  id uuid not null
  name text not null
  permissions text[] not null
  scope_kind text not null
  is_builtin boolean not null default false
  menu jsonb
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, name)
  CHECK ((scope_kind = ANY (ARRAY['own'::text, 'store'::text, 'region'::text, 'all'::text])))

org.session
  tenant_id uuid not null
  id uuid not null
  staff_id uuid not null
  secret_hash bytea not null
  created_at timestamp with time zone not null
  last_seen_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  ip text not null
  user_agent text not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)
  index session_expires btree (tenant_id, expires_at)
  index session_staff btree (tenant_id, staff_id)

org.sign_in_try
  tenant_id uuid not null
  account text not null
  failed integer not null
  locked_until timestamp with time zone
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, account)

org.staff
  tenant_id uuid not null
  id uuid not null
  account text not null
  name text not null
  password_hash text not null
  totp_sealed bytea
  state text not null default 'active'::text
  created_at timestamp with time zone not null
  last_sign_in_at timestamp with time zone
  totp_pending_sealed bytea
  totp_used_step bigint
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, account)
  CHECK ((account = lower(account)))
  CHECK ((state = ANY (ARRAY['active'::text, 'inactive'::text])))

org.staff_role
  tenant_id uuid not null
  staff_id uuid not null
  role_id uuid not null
  unit_id uuid not null
  PRIMARY KEY (tenant_id, staff_id, role_id, unit_id)
  FOREIGN KEY (tenant_id, role_id) REFERENCES org.role(tenant_id, id)
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)
  FOREIGN KEY (tenant_id, unit_id) REFERENCES org.unit(tenant_id, id)
  index staff_role_role btree (tenant_id, role_id)

org.tenant
  id uuid not null
  code text not null
  name text not null
  time_zone text not null
  theme jsonb not null default '{}'::jsonb
  settings jsonb not null default '{}'::jsonb
  state text not null default 'active'::text
  created_at timestamp with time zone not null
  PRIMARY KEY (id)
  UNIQUE (code)
  CHECK (((code = lower(code)) AND (code ~ '^[a-z0-9-]{2,32}$'::text)))
  CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text])))

org.unit
  tenant_id uuid not null
  id uuid not null
  parent_id uuid
  kind text not null
  code text not null
  name text not null
  path text not null
  address text
  phone text
  opening_hours text
  latitude double precision
  longitude double precision
  state text not null default 'active'::text
  created_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, code)
  FOREIGN KEY (tenant_id, parent_id) REFERENCES org.unit(tenant_id, id)
  CHECK ((kind = ANY (ARRAY['headquarters'::text, 'region'::text, 'city'::text, 'store'::text])))
  CHECK ((state = ANY (ARRAY['active'::text, 'closed'::text])))
  index unit_path btree (tenant_id, path text_pattern_ops)
