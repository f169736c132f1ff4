-- What staff are told. One row a reader of one notice: its words are not kept, only which sentence and with what, so that
-- everybody reads it in their own language; no member is named in it, the link leads to where the reader may see.
create table platform.notification (
  tenant_id uuid not null,
  staff_id uuid not null,
  -- the notice: the same for all of its readers
  id uuid not null,
  kind text not null check (kind in ('mention', 'approval', 'announcement', 'run', 'system')),
  title text not null check (title ~ '^[a-z-]+\.[a-z-]+$'),
  params jsonb not null default '{}' check (length(params::text) <= 1000),
  link text check (link ~ '^/[^/]' and length(link) <= 300),
  -- who caused it, where that is one of the staff
  by_staff_id uuid,
  created_at timestamptz not null,
  read_at timestamptz,
  primary key (tenant_id, staff_id, id),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('platform.notification', 'tenant');
create index notification_unread on platform.notification (tenant_id, staff_id, kind) where read_at is null;
create index notification_old on platform.notification (tenant_id, created_at);

-- Kinds that somebody does not want to hear of. What is not here is wanted.
create table platform.notification_choice (
  tenant_id uuid not null,
  staff_id uuid not null,
  kind text not null,
  in_app boolean not null,
  primary key (tenant_id, staff_id, kind),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('platform.notification_choice', 'tenant');
