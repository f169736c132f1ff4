-- How a page and a form of an object are laid out, and what a role may see and write of it: one for all, and one for each role that has its own.
create table objects.layout (
  tenant_id uuid not null,
  id uuid not null,
  object_id uuid not null,
  -- null: for every role without one of its own
  role_id uuid,
  -- { sections: [{ name, nameEn, fieldIds }], readOnly: [fieldId], hidden: [fieldId] }; a field that no section names stands after them
  definition jsonb not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, object_id) references objects.object (tenant_id, id),
  foreign key (tenant_id, role_id) references org.role (tenant_id, id) on delete cascade
);
select kernel.declare_table('objects.layout', 'tenant');
create unique index layout_role on objects.layout (tenant_id, object_id, role_id) where role_id is not null;
create unique index layout_default on objects.layout (tenant_id, object_id) where role_id is null;
