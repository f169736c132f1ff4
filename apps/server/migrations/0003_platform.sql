-- Who did what, and who is told: the audit log and webhooks.
create schema platform;
grant usage on schema platform to shuke_app;

-- Append-only by grant: the application cannot edit it.
create table platform.audit_entry (
  tenant_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  before jsonb,
  after jsonb,
  reason text,
  ip text not null,
  request_id text not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('platform.audit_entry', 'tenant', true);
create index audit_entry_subject on platform.audit_entry (tenant_id, subject_id, id);
create index audit_entry_actor on platform.audit_entry (tenant_id, actor, id);
create index audit_entry_action on platform.audit_entry (tenant_id, action, id);

create table platform.webhook (
  tenant_id uuid not null,
  id uuid not null,
  url text not null,
  event_types text[] not null,
  secret_sealed bytea not null,
  state text not null default 'active' check (state in ('active', 'paused', 'broken')),
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('platform.webhook', 'tenant');

create table platform.webhook_delivery (
  tenant_id uuid not null,
  id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  subject_id text,
  body text not null,
  state text not null check (state in ('waiting', 'delivered', 'failed')),
  attempts integer not null default 0,
  last_status integer,
  last_error text,
  created_at timestamptz not null,
  next_attempt_at timestamptz,
  delivered_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, webhook_id) references platform.webhook (tenant_id, id)
);
select kernel.declare_table('platform.webhook_delivery', 'tenant');
create index webhook_delivery_recent on platform.webhook_delivery (tenant_id, webhook_id, id);
