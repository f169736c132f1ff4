-- What a tenant models itself: objects, their fields and records, and the same fields on core nouns (decision 14).
-- A value is kept once, in `ext`, under the field's short id. What is filtered or sorted by also stands in one of a fixed bank of typed
-- slots, whose indexes are there before anybody needs them: a field is added, renamed and made filterable without a change of the schema.
create schema objects;
grant usage on schema objects to shuke_app;

create table objects.object (
  tenant_id uuid not null,
  id uuid not null,
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  name text not null,
  name_en text not null default '',
  -- the field that names a record, and the one whose options are its stages
  title_field_id text,
  stage_field_id text,
  -- [{ expression, message, fieldId }]; expressions name fields by their ids, so that a rename does not touch them
  rules jsonb not null default '[]',
  archived_at timestamptz,
  archive_reason text,
  created_at timestamptz not null,
  created_by text not null,
  primary key (tenant_id, id),
  unique (tenant_id, key)
);
select kernel.declare_table('objects.object', 'tenant');

create table objects.field (
  tenant_id uuid not null,
  id text not null check (id ~ '^f[a-z0-9]{4,11}$'),
  object_id uuid not null,
  key text not null check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  kind text not null check (kind in ('text', 'long-text', 'number', 'money', 'date', 'time', 'boolean', 'choice', 'choices', 'reference',
    'phone', 'email', 'url', 'location', 'file', 'formula', 'auto-number')),
  name text not null,
  name_en text not null default '',
  hint text not null default '',
  -- options, limits, target, expression: what the kind needs
  settings jsonb not null default '{}',
  target_id uuid,
  is_required boolean not null default false,
  -- from this option of the stage field on
  required_from text,
  is_unique boolean not null default false,
  slot text check (slot ~ '^(text|number|time|reference)_[1-8]$'),
  -- false while existing records are being filled in: written, not yet asked
  is_slot_ready boolean not null default false,
  position integer not null,
  next_number bigint not null default 1,
  archived_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, object_id, key),
  foreign key (tenant_id, object_id) references objects.object (tenant_id, id),
  foreign key (tenant_id, target_id) references objects.object (tenant_id, id)
);
select kernel.declare_table('objects.field', 'tenant');
create unique index field_slot on objects.field (tenant_id, object_id, slot) where slot is not null;
create index field_target on objects.field (tenant_id, target_id) where target_id is not null;

create table objects.record (
  tenant_id uuid not null,
  object_id uuid not null,
  id uuid not null,
  store_id uuid,
  ext jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  created_by text not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, object_id) references objects.object (tenant_id, id),
  foreign key (tenant_id, store_id) references org.unit (tenant_id, id)
) with (fillfactor = 85);
select kernel.declare_table('objects.record', 'tenant');
create index record_object on objects.record (tenant_id, object_id, id);

-- The banks. Byte order, so that a day sorts as a day and a prefix is a range; double precision, because its comparisons may pass the
-- tenants' fence into an index, and those of numeric may not. A null stands in no index: unused slots cost a row nothing.
do $$
declare slot record;
begin
  for slot in
    select kind || '_' || n as name, type from (values ('text', 8, 'text collate "C"'), ('number', 6, 'double precision'), ('time', 4, 'timestamptz'), ('reference', 4, 'uuid')) as bank (kind, size, type),
      generate_series(1, size) as n
  loop
    execute format('alter table objects.record add column %I %s', slot.name, slot.type);
    execute format('create index %I on objects.record (tenant_id, object_id, %I, id) where %I is not null', 'record_' || slot.name, slot.name, slot.name);
    execute format('alter table customers.member add column %I %s', slot.name, slot.type);
    execute format('create index %I on customers.member (tenant_id, %I, id) where %I is not null', 'member_' || slot.name, slot.name, slot.name);
  end loop;
end $$;

-- One row for each value of a field that allows each value once: the key is what two writers at once run into.
create table objects.unique_value (
  tenant_id uuid not null,
  field_id text not null,
  value text not null,
  record_id uuid not null,
  primary key (tenant_id, field_id, value),
  foreign key (tenant_id, field_id) references objects.field (tenant_id, id)
);
select kernel.declare_table('objects.unique_value', 'tenant');
create index unique_value_record on objects.unique_value (tenant_id, record_id);

-- What refers to what, for looking back and for refusing to delete what is referred to. The target is a record or a member.
create table objects.link (
  tenant_id uuid not null,
  field_id text not null,
  from_id uuid not null,
  to_id uuid not null,
  primary key (tenant_id, field_id, from_id, to_id),
  foreign key (tenant_id, field_id) references objects.field (tenant_id, id)
);
select kernel.declare_table('objects.link', 'tenant');
create index link_to on objects.link (tenant_id, to_id, field_id, from_id);

-- A walk over all records of an object, in pages and resumable: into a slot, or into the unique values.
create table objects.fill (
  tenant_id uuid not null,
  id uuid not null,
  object_id uuid not null,
  field_id text not null,
  purpose text not null check (purpose in ('slot', 'unique')),
  state text not null default 'running' check (state in ('running', 'done', 'failed', 'cancelled')),
  cursor_id uuid not null,
  looked integer not null default 0,
  total integer not null default 0,
  failure jsonb,
  created_at timestamptz not null,
  created_by text not null,
  moved_at timestamptz not null,
  ended_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, field_id) references objects.field (tenant_id, id)
);
select kernel.declare_table('objects.fill', 'tenant');
create unique index fill_running on objects.fill (tenant_id, field_id, purpose) where state = 'running';

create table objects.saved_view (
  tenant_id uuid not null,
  id uuid not null,
  object_id uuid not null,
  staff_id uuid not null,
  name text not null,
  is_shared boolean not null default false,
  -- { filter: [{ fieldId, op, value }], sort, columns }
  definition jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, object_id) references objects.object (tenant_id, id),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('objects.saved_view', 'tenant');
create index saved_view_object on objects.saved_view (tenant_id, object_id);

update org.role set permissions = permissions || '{records.read,records.write,objects.manage}' where is_builtin and name = '管理员';
update org.role set permissions = permissions || '{records.read,records.write}' where is_builtin and name in ('店长', '区域经理', '营销', '客服');
update org.role set permissions = permissions || '{records.read}' where is_builtin and name = '审计';
