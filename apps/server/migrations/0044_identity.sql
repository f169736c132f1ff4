-- One person, many ways to be recognised: e-mail, Alipay and devices beside phone, WeChat, card and external id; the rules of a
-- brand for them; and what analytics and app kits send about guests, each message once.
alter table customers.identity drop constraint identity_kind_check;
alter table customers.identity add constraint identity_kind_check
  check (kind in ('wechat-unionid', 'alipay', 'phone', 'wechat-openid', 'email', 'card', 'device', 'external'));

-- A brand without a row has the defaults of the code.
create table customers.identity_rules (
  tenant_id uuid not null,
  -- how many of each kind one member may have, {"phone": 3}
  limits jsonb not null default '{}',
  -- a phone is a lease: after so many days of silence its bearer has to show who they are
  lease_days integer not null check (lease_days between 30 and 3650),
  by_actor text not null,
  at timestamptz not null,
  primary key (tenant_id)
);
select kernel.declare_table('customers.identity_rules', 'tenant');

-- Values that many share: a till's tablet, the manager's phone. They recognise nobody.
create table customers.blocked_value (
  tenant_id uuid not null,
  kind text not null,
  digest bytea not null,
  -- enough to know it again in the list: 138****8000
  shown text not null,
  reason text not null,
  by_actor text not null,
  at timestamptz not null,
  primary key (tenant_id, kind, digest)
);
select kernel.declare_table('customers.blocked_value', 'tenant');

-- What `/v1/identify`, `/track` and `/batch` have taken, by the sender's own id: a message that comes again does nothing.
create table customers.message (
  tenant_id uuid not null,
  message_id text not null check (length(message_id) between 1 and 128),
  type text not null check (type in ('identify', 'track')),
  member_id uuid,
  decision text not null,
  at timestamptz not null,
  primary key (tenant_id, message_id)
);
select kernel.declare_table('customers.message', 'tenant');
create index message_at on customers.message (tenant_id, at);
