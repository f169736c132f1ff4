-- Members who may be one person: what they are compared by, the runs that look for pairs, and the pairs for somebody to decide on.
create table customers.member_address (
  tenant_id uuid not null,
  member_id uuid not null,
  sealed bytea not null,
  at timestamptz not null,
  primary key (tenant_id, member_id),
  foreign key (tenant_id, member_id) references customers.member (tenant_id, id)
);
select kernel.declare_table('customers.member_address', 'tenant');

-- Keyed hashes, of which two members have to share one to be compared. Negative ones say something only while few share them.
create table customers.match_card (
  tenant_id uuid not null,
  member_id uuid not null,
  keys bigint[] not null,
  name_key bigint,
  at timestamptz not null,
  primary key (tenant_id, member_id),
  foreign key (tenant_id, member_id) references customers.member (tenant_id, id)
);
select kernel.declare_table('customers.match_card', 'tenant');

create table customers.duplicate_run (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('find', 'merge')),
  -- find: cards, then pairs. merge: pairs.
  phase text not null check (phase in ('cards', 'pairs')),
  state text not null check (state in ('running', 'done', 'cancelled')),
  -- what a kill leaves behind, and where the next worker goes on
  cursor_id uuid,
  slice integer not null default 0,
  total integer not null default 0,
  done integer not null default 0,
  found integer not null default 0,
  min_score integer,
  by_actor text not null,
  by_name text not null,
  started_at timestamptz not null,
  moved_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id)
);
select kernel.declare_table('customers.duplicate_run', 'tenant');
create unique index duplicate_run_one on customers.duplicate_run (tenant_id, kind) where state = 'running';

create table customers.duplicate (
  tenant_id uuid not null,
  id uuid not null,
  a_id uuid not null,
  b_id uuid not null,
  score integer not null check (score between 0 and 100),
  reasons jsonb not null,
  state text not null default 'open' check (state in ('open', 'later', 'different', 'merged')),
  found_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  check (a_id < b_id),
  primary key (tenant_id, id),
  unique (tenant_id, a_id, b_id),
  foreign key (tenant_id, a_id) references customers.member (tenant_id, id),
  foreign key (tenant_id, b_id) references customers.member (tenant_id, id)
);
select kernel.declare_table('customers.duplicate', 'tenant');
create index duplicate_queue on customers.duplicate (tenant_id, state, score desc, id);
create index duplicate_of_b on customers.duplicate (tenant_id, b_id);
