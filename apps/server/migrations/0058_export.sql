-- Lists taken along as files. Every export leaves a row, also one that was answered at once; the file of a large one is kept for some days.
create table platform.export_run (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  format text not null check (format in ('csv', 'xlsx')),
  state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
  -- what was asked for, sealed and only while the run goes on: a filter may hold a phone
  wish_sealed bytea,
  -- the filters for people to read, phones masked
  filters jsonb not null,
  -- with what the list masks, against a reason
  is_whole boolean not null,
  reason text,
  file_name text not null,
  file_id uuid,
  row_count integer not null default 0,
  size_bytes bigint not null default 0,
  failure text,
  staff_id uuid not null,
  by_name text not null,
  created_at timestamptz not null,
  moved_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('platform.export_run', 'tenant');
create index export_run_of_staff on platform.export_run (tenant_id, staff_id, id desc);

-- Who may take lists along: administrators, managers, marketing and audit, as in tenants founded from now on.
update org.role set permissions = permissions || '{exports.create}'
 where is_builtin and name in ('管理员', '店长', '区域经理', '营销', '审计') and not 'exports.create' = any(permissions);
