-- Files in pieces, and imports: a run reads a file into pages of judged rows, applies the pages, and can take them back. ADR 16.
create table platform.file (
  tenant_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 200),
  size_bytes bigint not null check (size_bytes > 0),
  by_actor text not null,
  created_at timestamptz not null,
  -- deleted by the nightly sweep after this; null: as long as something holds it
  keep_until timestamptz,
  primary key (tenant_id, id)
);
select kernel.declare_table('platform.file', 'tenant');
create index file_due on platform.file (tenant_id, keep_until) where keep_until is not null;

-- Sealed with the tenant's key, which leaves nothing to compress.
create table platform.file_chunk (
  tenant_id uuid not null,
  file_id uuid not null,
  no integer not null check (no >= 0),
  sealed bytea not null,
  primary key (tenant_id, file_id, no),
  foreign key (tenant_id, file_id) references platform.file (tenant_id, id) on delete cascade
);
select kernel.declare_table('platform.file_chunk', 'tenant');
alter table platform.file_chunk alter column sealed set storage external;

create table platform.import_run (
  tenant_id uuid not null,
  id uuid not null,
  -- "member", or the key of an own object
  target text not null,
  state text not null check (state in ('uploading', 'uploaded', 'mapped', 'checking', 'checked', 'waiting', 'applying', 'applied', 'undoing', 'undone', 'failed', 'cancelled')),
  file_id uuid,
  file_name text not null,
  size_bytes bigint not null,
  -- how the file is read and what its columns are called; samples are masked
  source jsonb,
  -- which column goes where, and what to do with those who are known
  mapping jsonb,
  -- rows by verdict, by outcome and by what undoing did
  counts jsonb not null default '{}',
  -- rows that stand in pages already, and bytes of the file that they took
  checked_rows integer not null default 0,
  checked_bytes bigint not null default 0,
  reason text,
  -- whoever asked for its last step: the job acts as they may act then; none: the system
  staff_id uuid,
  by_actor text not null,
  by_name text not null,
  created_at timestamptz not null,
  moved_at timestamptz not null,
  checked_at timestamptz,
  applied_at timestamptz,
  undone_at timestamptz,
  -- rows are forgotten after this, and with them what undoing needs
  keep_until timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, file_id) references platform.file (tenant_id, id),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('platform.import_run', 'tenant');
create index import_run_kept on platform.import_run (tenant_id, keep_until);

-- Some thousand rows at a time: what the check said, what applying did, what undoing did. Each part is packed and sealed; the counts are not.
create table platform.import_page (
  tenant_id uuid not null,
  run_id uuid not null,
  no integer not null,
  rows integer not null,
  verdicts jsonb not null,
  checked bytea not null,
  outcomes jsonb,
  applied bytea,
  undos jsonb,
  undone bytea,
  -- whom its rows are about, so that they are found when somebody leaves
  subjects uuid[] not null default '{}',
  primary key (tenant_id, run_id, no),
  foreign key (tenant_id, run_id) references platform.import_run (tenant_id, id) on delete cascade
);
select kernel.declare_table('platform.import_page', 'tenant');
alter table platform.import_page alter column checked set storage external;
alter table platform.import_page alter column applied set storage external;
alter table platform.import_page alter column undone set storage external;

-- What identified the rows so far, hashed: whoever comes again in one file is told so. Gone when the check is over.
create table platform.import_key (
  tenant_id uuid not null,
  run_id uuid not null,
  key bigint not null,
  line integer not null,
  primary key (tenant_id, run_id, key),
  foreign key (tenant_id, run_id) references platform.import_run (tenant_id, id) on delete cascade
);
select kernel.declare_table('platform.import_key', 'tenant');

create table platform.import_mapping (
  tenant_id uuid not null,
  id uuid not null,
  target text not null,
  name text not null check (length(name) between 1 and 60),
  -- the headers of the file that it was made with, in order of the alphabet
  headers text[] not null,
  -- by header, so that columns may change places
  mapping jsonb not null,
  by_name text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, target, name)
);
select kernel.declare_table('platform.import_mapping', 'tenant');

-- Which import made a member; and who may be the same by name and birthday, looked up for thousands of rows at once.
alter table customers.member add column import_id uuid;
create index member_namesake on customers.member (tenant_id, name, birth_month, birth_day) where birth_month is not null;

update org.role set permissions = permissions || '{imports.manage}' where is_builtin and name = '管理员' and not 'imports.manage' = any(permissions);
