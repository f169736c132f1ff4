-- Files in own fields: which field and which row has one. What was uploaded and is in no row goes with the files that nothing holds.
create table objects.attachment (
  tenant_id uuid not null,
  file_id uuid not null,
  field_id text not null,
  -- null: uploaded, and not saved with anything yet
  record_id uuid,
  name text not null,
  media_type text not null,
  size_bytes bigint not null check (size_bytes > 0),
  primary key (tenant_id, file_id),
  foreign key (tenant_id, field_id) references objects.field (tenant_id, id),
  foreign key (tenant_id, file_id) references platform.file (tenant_id, id) on delete cascade
);
select kernel.declare_table('objects.attachment', 'tenant');
create index attachment_record on objects.attachment (tenant_id, record_id) where record_id is not null;
create index attachment_field on objects.attachment (tenant_id, field_id);
