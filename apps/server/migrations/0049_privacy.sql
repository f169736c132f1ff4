-- What a member agreed to, a copy of everything about them, and leaving with all of it deleted: ADR 15.

-- The text that is agreed to, for each purpose; a new version asks again. Published ones are never changed.
create table customers.policy (
  tenant_id uuid not null,
  purpose text not null check (purpose in ('membership', 'marketing-sms', 'marketing-wechat', 'profiling')),
  version integer not null check (version >= 1),
  text text not null,
  published_at timestamptz not null,
  by_actor text not null,
  primary key (tenant_id, purpose, version)
);
select kernel.declare_table('customers.policy', 'tenant', true);

-- Each yes and each no, as it was said: evidence, so it is only ever added to. It names nobody but the member's id.
create table customers.consent (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  purpose text not null,
  version integer not null,
  given boolean not null,
  at timestamptz not null,
  by_actor text not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references customers.member (tenant_id, id)
);
select kernel.declare_table('customers.consent', 'tenant', true);
create index consent_member on customers.consent (tenant_id, member_id, purpose, id desc);

create table customers.deletion (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'undone', 'done')),
  asked_by text not null,
  asked_at timestamptz not null,
  purge_at timestamptz not null,
  undone_at timestamptz,
  -- why the purge had to be put off, by code
  blockers text[] not null default '{}',
  done_at timestamptz,
  -- what each module removed, signed with the tenant's key
  certificate jsonb,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references customers.member (tenant_id, id),
  check ((state = 'undone') = (undone_at is not null)),
  check ((state = 'done') = (done_at is not null and certificate is not null))
);
select kernel.declare_table('customers.deletion', 'tenant');
create unique index deletion_standing on customers.deletion (tenant_id, member_id) where state <> 'undone';
create index deletion_due on customers.deletion (tenant_id, purge_at) where state = 'waiting';

-- A copy of everything, sealed with the member's own key; fetched within a week.
create table customers.data_copy (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  asked_at timestamptz not null,
  ready_at timestamptz,
  sealed text,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, member_id) references customers.member (tenant_id, id)
);
select kernel.declare_table('customers.data_copy', 'tenant');
create index data_copy_member on customers.data_copy (tenant_id, member_id, id desc);

-- Events are append-only for the application. What a few kinds of them say in words about somebody is taken out when that
-- member is deleted; that it happened stays. Only within the tenant that the transaction is in.
create function kernel.forget_subjects(tenant uuid, subjects text[], types text[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, kernel as $$
declare changed bigint;
begin
  if tenant is distinct from kernel.current_tenant() then raise exception 'another tenant' using errcode = '42501'; end if;
  update kernel.event set payload = jsonb_build_object('memberId', subject_id)
   where tenant_id = tenant and subject_id = any(subjects) and type = any(types);
  get diagnostics changed = row_count;
  return changed;
end $$;
revoke all on function kernel.forget_subjects(uuid, text[], text[]) from public;
grant execute on function kernel.forget_subjects(uuid, text[], text[]) to shuke_app;
