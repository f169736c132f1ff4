-- A draft rule run over the orders of past days: what it would have cost, who would have gained.
-- `progress` and `gained` hold where it stands, so that it goes on after a stop: sums by kind, and uses and gain of each member.
create table commerce.replay (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  input jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'cancelled', 'failed')),
  from_at timestamptz not null,
  until_at timestamptz not null,
  orders_total integer not null default 0,
  orders_done integer not null default 0,
  cursor_at timestamptz,
  cursor_id text,
  progress jsonb,
  gained bytea,
  result jsonb,
  failure text,
  runner uuid,
  heartbeat_at timestamptz,
  created_at timestamptz not null,
  by_actor text not null,
  started_at timestamptz,
  ended_at timestamptz,
  primary key (tenant_id, id)
);
select kernel.declare_table('commerce.replay', 'tenant');
-- The worker that looks for stopped replays reads the few that are open.
create index replay_open on commerce.replay (tenant_id, heartbeat_at) where state in ('queued', 'running');
