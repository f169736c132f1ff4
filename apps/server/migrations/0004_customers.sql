-- Members and the ways to recognise them. Phones are sealed; a keyed digest finds them exactly.
create schema customers;
grant usage on schema customers to shuke_app;

create table customers.member (
  tenant_id uuid not null,
  id uuid not null,
  member_no text not null,
  name text not null,
  name_pinyin text not null default '',
  name_initials text not null default '',
  gender text not null default 'unknown' check (gender in ('unknown', 'female', 'male', 'other')),
  birth_calendar text check (birth_calendar in ('solar', 'lunar')),
  birth_year smallint,
  birth_month smallint check (birth_month between 1 and 12),
  birth_day smallint check (birth_day between 1 and 31),
  birth_leap boolean not null default false,
  birthday_edited_at timestamptz,
  phone_sealed bytea,
  phone_last4 text,
  home_store_id uuid,
  joined_at timestamptz not null,
  joined_via text not null,
  preferences jsonb not null default '{}',
  ext jsonb not null default '{}',
  state text not null default 'active' check (state in ('active', 'frozen', 'merged', 'closed')),
  -- Grams of name, pinyin, initials, number: what `q=` looks in.
  grams text[] not null default '{}',
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, member_no),
  foreign key (tenant_id, home_store_id) references org.unit (tenant_id, id)
) with (fillfactor = 90);
select kernel.declare_table('customers.member', 'tenant');
create index member_joined on customers.member (tenant_id, joined_at desc, id);
create index member_store on customers.member (tenant_id, home_store_id, joined_at desc);
create index member_last4 on customers.member (tenant_id, phone_last4);
create index member_grams on customers.member using gin (grams);

-- Row level security keeps Postgres from pushing @> into a GIN index (52 ms instead of 0.09 ms measured), so this view,
-- owned by the migration's role, carries the fence itself.
create view customers.member_gram as
  select tenant_id, id, grams, joined_at, home_store_id from customers.member
   where tenant_id = (select kernel.current_tenant());
grant select on customers.member_gram to shuke_app;

-- phone, wechat-openid, wechat-unionid, card, external: each belongs to one member at a time.
create table customers.identity (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('phone', 'wechat-openid', 'wechat-unionid', 'card', 'external')),
  digest bytea not null,
  -- external ids and card numbers are not personal data by themselves and are shown; phones are not kept here in clear
  shown text,
  verified_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, kind, digest),
  foreign key (tenant_id, member_id) references customers.member (tenant_id, id)
);
select kernel.declare_table('customers.identity', 'tenant');
create index identity_member on customers.identity (tenant_id, member_id);

create table customers.member_tag (
  tenant_id uuid not null,
  member_id uuid not null,
  tag text not null check (length(tag) between 1 and 40),
  source text not null default 'manual' check (source in ('manual', 'rule', 'model')),
  at timestamptz not null,
  by_actor text not null,
  primary key (tenant_id, member_id, tag),
  foreign key (tenant_id, member_id) references customers.member (tenant_id, id)
);
select kernel.declare_table('customers.member_tag', 'tenant');
create index member_tag_tag on customers.member_tag (tenant_id, tag, member_id);

-- Member codes that were scanned: a second scan of the same code is refused. Cleared when expired.
create table customers.code_use (
  tenant_id uuid not null,
  code_id uuid not null,
  member_id uuid not null,
  used_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, code_id)
);
select kernel.declare_table('customers.code_use', 'tenant');

-- One open phone code a phone; five wrong tries end it.
create table customers.phone_code (
  tenant_id uuid not null,
  phone_digest bytea not null,
  code_hash bytea not null,
  tries integer not null default 0,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, phone_digest)
);
select kernel.declare_table('customers.phone_code', 'tenant');

create table customers.session (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  secret_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references customers.member (tenant_id, id)
);
select kernel.declare_table('customers.session', 'tenant');
