-- Tenants, the tree of units with the stores as nodes, staff, roles with data scope, sign-in.
create schema org;
grant usage on schema org to shuke_app;

-- System: sign-in finds the tenant by its code before there is a scope.
create table org.tenant (
  id uuid primary key,
  code text not null unique check (code = lower(code) and code ~ '^[a-z0-9-]{2,32}$'),
  name text not null,
  time_zone text not null,
  theme jsonb not null default '{}',
  settings jsonb not null default '{}',
  state text not null default 'active' check (state in ('active', 'suspended')),
  created_at timestamptz not null
);
select kernel.declare_table('org.tenant', 'system');

-- headquarters → region → city → store. `path` holds the ids from the root, so "below this node" is a prefix.
create table org.unit (
  tenant_id uuid not null,
  id uuid not null,
  parent_id uuid,
  kind text not null check (kind in ('headquarters', 'region', 'city', 'store')),
  code text not null,
  name text not null,
  path text not null,
  address text,
  phone text,
  opening_hours text,
  latitude double precision,
  longitude double precision,
  state text not null default 'active' check (state in ('active', 'closed')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, code),
  foreign key (tenant_id, parent_id) references org.unit (tenant_id, id)
);
select kernel.declare_table('org.unit', 'tenant');
create index unit_path on org.unit (tenant_id, path text_pattern_ops);

create table org.role (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  permissions text[] not null,
  scope_kind text not null check (scope_kind in ('own', 'store', 'region', 'all')),
  is_builtin boolean not null default false,
  primary key (tenant_id, id),
  unique (tenant_id, name)
);
select kernel.declare_table('org.role', 'tenant');

create table org.staff (
  tenant_id uuid not null,
  id uuid not null,
  account text not null check (account = lower(account)),
  name text not null,
  password_hash text not null,
  totp_sealed bytea,
  failed_sign_ins integer not null default 0,
  locked_until timestamptz,
  state text not null default 'active' check (state in ('active', 'inactive')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, account)
);
select kernel.declare_table('org.staff', 'tenant');

-- A role counts for the unit and everything below it.
create table org.staff_role (
  tenant_id uuid not null,
  staff_id uuid not null,
  role_id uuid not null,
  unit_id uuid not null,
  primary key (tenant_id, staff_id, role_id, unit_id),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id),
  foreign key (tenant_id, role_id) references org.role (tenant_id, id),
  foreign key (tenant_id, unit_id) references org.unit (tenant_id, id)
);
select kernel.declare_table('org.staff_role', 'tenant');

-- The cookie holds `tenant.session.secret`; only the secret's SHA-256 is stored.
create table org.session (
  tenant_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  ip text not null,
  user_agent text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('org.session', 'tenant');
create index session_staff on org.session (tenant_id, staff_id);

create table org.api_key (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  secret_hash bytea not null,
  last_four text not null,
  scopes text[] not null,
  requests_per_minute integer not null default 60000 check (requests_per_minute > 0),
  created_at timestamptz not null,
  created_by text not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id)
);
select kernel.declare_table('org.api_key', 'tenant');
