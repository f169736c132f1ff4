-- The mechanisms every module stands on: the tenancy fence, events with receipts, idempotency, keys.
-- `declare_table` is called right after each `create table`, parents first. On plain Postgres it fences and grants; where the
-- citus extension is there it also distributes the table by tenant.

grant usage on schema kernel to shuke_app;

create table kernel.declared_table (
  name text primary key,
  kind text not null check (kind in ('tenant', 'reference', 'system', 'archive')),
  append_only boolean not null
);
grant select on kernel.declared_table to shuke_app;

create function kernel.current_tenant() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('shuke.tenant_id', true), '')::uuid $$;

-- SET LOCAL inside plpgsql: plain set_config returns no rows under row level security on Citus.
create function kernel.set_tenant(tenant uuid) returns void language plpgsql as
$$ begin execute format('set local shuke.tenant_id = %L', tenant); end $$;

create function kernel.declare_table(target regclass, kind text, append_only boolean default false) returns void
language plpgsql as $$
begin
  insert into kernel.declared_table values (target::text, kind, append_only);
  if kind in ('tenant', 'archive') then
    execute format('alter table %s enable row level security', target);
    execute format('create policy tenant on %s using (tenant_id = (select kernel.current_tenant()))', target);
  end if;
  if append_only then
    execute format('grant select, insert on %s to shuke_app', target);
  else
    execute format('grant select, insert, update, delete on %s to shuke_app', target);
  end if;
  if exists (select 1 from pg_extension where extname = 'citus') then
    if kind in ('tenant', 'archive') then
      execute format('select create_distributed_table(%L, ''tenant_id'')', target);
    elsif kind = 'reference' then
      execute format('select create_reference_table(%L)', target);
    end if;
  end if;
end $$;

-- The published language. Append-only; the payload's shape is in src/events.
create table kernel.event (
  tenant_id uuid not null,
  id uuid not null,
  type text not null,
  at timestamptz not null,
  actor text not null,
  subject_id text,
  payload jsonb not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('kernel.event', 'tenant', true);
-- A member's timeline is read from here: no copy of it is kept.
create index event_subject on kernel.event (tenant_id, subject_id, at desc, id desc) where subject_id is not null;

-- One row for each (subscriber, job) that took effect, named by the job's first event: a second delivery does nothing.
create table kernel.receipt (
  tenant_id uuid not null,
  subscriber text not null,
  event_id uuid not null,
  at timestamptz not null,
  primary key (tenant_id, subscriber, event_id)
);
select kernel.declare_table('kernel.receipt', 'tenant');

-- First answers of writes that move value. Cleared after 30 days by a schedule.
create table kernel.idempotency (
  tenant_id uuid not null,
  key text not null check (length(key) between 8 and 128),
  operation text not null,
  body_hash bytea not null,
  status integer,
  body text,
  at timestamptz not null,
  primary key (tenant_id, key)
);
select kernel.declare_table('kernel.idempotency', 'tenant');

-- Data keys of the tenants, wrapped by a key of the key service. System: read before a scope exists.
create table kernel.data_key (
  tenant_id uuid not null,
  id integer not null,
  purpose text not null check (purpose in ('seal', 'digest', 'sign')),
  kek_id text not null,
  wrapped bytea not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('kernel.data_key', 'system');
