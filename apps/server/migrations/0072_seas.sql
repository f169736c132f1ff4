-- Who owns which record of a tenant's own objects: pools, their public seas and the private seas of staff.
-- A record that is deleted tells so by an event, as records of `objects` do; so a holding has no key to it.
create schema sales;
grant usage on schema sales to shuke_app;

create table sales.pool (
  tenant_id uuid not null,
  id uuid not null,
  object_id uuid not null,
  name text not null,
  name_en text not null default '',
  -- records that one person holds, and claims on one day; null: any number
  capacity integer check (capacity > 0),
  claims_per_day integer check (claims_per_day > 0),
  -- back in the public sea when nobody touched it so long, or when it was not won so long after it got its owner
  idle_days integer check (idle_days > 0),
  win_days integer check (win_days > 0),
  -- options of the object's stage field in which it is held for good
  won_stages text[] not null default '{}',
  cool_down_days integer not null default 0 check (cool_down_days >= 0),
  extensions integer not null default 0 check (extensions >= 0),
  extension_days integer not null default 0 check (extension_days >= 0),
  -- where new records go
  is_default boolean not null default false,
  archived_at timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, object_id) references objects.object (tenant_id, id) on delete cascade
);
select kernel.declare_table('sales.pool', 'tenant');
create unique index pool_default on sales.pool (tenant_id, object_id) where is_default and archived_at is null;
create unique index pool_name on sales.pool (tenant_id, object_id, name) where archived_at is null;

create table sales.holding (
  tenant_id uuid not null,
  record_id uuid not null,
  pool_id uuid not null,
  -- null: in the public sea
  owner_id uuid,
  since timestamptz not null,
  touched_at timestamptz not null,
  -- worked out ahead from the pool's rules and the record's stage; null: for good, or nobody's
  due_at timestamptz,
  extended integer not null default 0,
  -- who had it last, and until when
  lost_by uuid,
  lost_at timestamptz,
  -- for which date its owner was told that it comes near
  warned_due_at timestamptz,
  -- how long its history is
  entries integer not null default 1,
  primary key (tenant_id, record_id),
  foreign key (tenant_id, pool_id) references sales.pool (tenant_id, id) on delete cascade,
  foreign key (tenant_id, owner_id) references org.staff (tenant_id, id),
  constraint due_has_owner check (due_at is null or owner_id is not null)
) with (fillfactor = 85);
select kernel.declare_table('sales.holding', 'tenant');
create index holding_owner on sales.holding (tenant_id, pool_id, owner_id, record_id);
create index holding_due on sales.holding (tenant_id, pool_id, due_at, record_id) where due_at is not null;
create index holding_public on sales.holding (tenant_id, pool_id, since, record_id) where owner_id is null;

-- What one person has in one pool: the row that two claims at once meet at.
create table sales.seat (
  tenant_id uuid not null,
  pool_id uuid not null,
  staff_id uuid not null,
  held integer not null default 0 check (held >= 0),
  claimed_on date,
  claimed integer not null default 0 check (claimed >= 0),
  primary key (tenant_id, pool_id, staff_id),
  foreign key (tenant_id, pool_id) references sales.pool (tenant_id, id) on delete cascade,
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('sales.seat', 'tenant');

create table sales.holding_entry (
  tenant_id uuid not null,
  record_id uuid not null,
  no integer not null,
  pool_id uuid not null,
  kind text not null check (kind in ('join', 'claim', 'assign', 'transfer', 'return', 'recycle', 'extend', 'move', 'leave')),
  from_owner uuid,
  to_owner uuid,
  reason text,
  at timestamptz not null,
  actor text not null,
  primary key (tenant_id, record_id, no),
  foreign key (tenant_id, pool_id) references sales.pool (tenant_id, id) on delete cascade
);
select kernel.declare_table('sales.holding_entry', 'tenant', true);

-- A walk over all records of an object or a pool, in pages and resumable: into a new pool, over due dates after a change of rules, or
-- out of a pool that was archived.
create table sales.walk (
  tenant_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  purpose text not null check (purpose in ('fill', 'dues', 'empty')),
  to_pool_id uuid,
  state text not null default 'running' check (state in ('running', 'done')),
  cursor_id uuid not null,
  looked integer not null default 0,
  total integer not null default 0,
  created_at timestamptz not null,
  created_by text not null,
  moved_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, pool_id) references sales.pool (tenant_id, id) on delete cascade
);
select kernel.declare_table('sales.walk', 'tenant');
create unique index walk_running on sales.walk (tenant_id, pool_id, purpose) where state = 'running';

update org.role set permissions = permissions || '{seas.read,seas.claim,seas.assign,seas.manage}' where is_builtin and name = '管理员';
update org.role set permissions = permissions || '{seas.read,seas.claim,seas.assign}' where is_builtin and name = '区域经理';
update org.role set permissions = permissions || '{seas.read,seas.claim}' where is_builtin and name = '店长';
update org.role set permissions = permissions || '{seas.read}' where is_builtin and name = '审计';
