-- What the head office tells its staff: a draft until it is published, shown from `from_at` to `until_at` to whoever is in the audience.
create table platform.announcement (
  tenant_id uuid not null,
  id uuid not null,
  title text not null,
  body text not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  from_at timestamptz,
  until_at timestamptz,
  -- empty is everybody; both: whoever has one of the roles at or below one of the units
  role_ids uuid[] not null default '{}',
  unit_ids uuid[] not null default '{}',
  is_pinned boolean not null default false,
  needs_confirmation boolean not null default false,
  created_at timestamptz not null,
  created_by text not null,
  -- when the bells rang
  told_at timestamptz,
  primary key (tenant_id, id),
  check (state = 'draft' or from_at is not null),
  check (until_at > from_at)
);
select kernel.declare_table('platform.announcement', 'tenant');
create index announcement_due on platform.announcement (tenant_id, from_at) where state = 'published' and told_at is null;

create table platform.announcement_reading (
  tenant_id uuid not null,
  announcement_id uuid not null,
  staff_id uuid not null,
  read_at timestamptz not null,
  confirmed_at timestamptz,
  primary key (tenant_id, announcement_id, staff_id),
  foreign key (tenant_id, announcement_id) references platform.announcement (tenant_id, id),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('platform.announcement_reading', 'tenant');

-- English words for the texts that members agree to.
alter table customers.policy add column text_en text not null default '';

update org.role set permissions = permissions || '{announcements.manage}' where is_builtin and name = '管理员' and not 'announcements.manage' = any(permissions);
