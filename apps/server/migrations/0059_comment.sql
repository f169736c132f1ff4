-- What colleagues say to each other about a member, an order, a record, in threads one answer deep.
-- The words are sealed: phones and names of guests are typed into them. Who may read the subject may read its thread.
create table platform.comment (
  tenant_id uuid not null,
  id uuid not null,
  subject_kind text not null check (subject_kind ~ '^[a-z-]+$'),
  subject_id text not null check (length(subject_id) <= 64),
  -- the comment that this one answers; an answer is not answered
  root_id uuid,
  author_id uuid not null,
  sealed bytea not null,
  mentions uuid[] not null default '{}',
  created_at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, root_id) references platform.comment (tenant_id, id),
  foreign key (tenant_id, author_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('platform.comment', 'tenant');
create index comment_thread on platform.comment (tenant_id, subject_kind, subject_id, id);
create index comment_answer on platform.comment (tenant_id, root_id, id) where root_id is not null;

-- What a comment said before it was changed.
create table platform.comment_version (
  tenant_id uuid not null,
  comment_id uuid not null,
  no integer not null check (no >= 1),
  sealed bytea not null,
  written_at timestamptz not null,
  primary key (tenant_id, comment_id, no),
  foreign key (tenant_id, comment_id) references platform.comment (tenant_id, id)
);
select kernel.declare_table('platform.comment_version', 'tenant');
