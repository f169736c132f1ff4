-- Business-line packs that were applied, with what undoes each.
create table objects.pack_run (
  tenant_id uuid not null,
  id uuid not null,
  pack text not null,
  version integer not null,
  name text not null,
  -- the file as it was, and its steps in the order in which they were done, each with what was there before
  file text not null,
  steps jsonb not null,
  applied_at timestamptz not null,
  applied_by text not null,
  rolled_back_at timestamptz,
  rolled_back_by text,
  primary key (tenant_id, id)
);
select kernel.declare_table('objects.pack_run', 'tenant');

-- A view that a pack brought is nobody's own.
alter table objects.saved_view alter column staff_id drop not null;
