-- Wrong tries are counted for each account name, also for names that nobody has: otherwise being locked out would tell which
-- accounts exist. The second factor keeps its last step (a code counts once) and recovery codes.
create table org.sign_in_try (
  tenant_id uuid not null,
  account text not null,
  failed integer not null,
  locked_until timestamptz,
  at timestamptz not null,
  primary key (tenant_id, account)
);
select kernel.declare_table('org.sign_in_try', 'tenant');

alter table org.staff drop column failed_sign_ins, drop column locked_until;
alter table org.staff add column last_sign_in_at timestamptz;
-- Shown to the staff member but not confirmed by a first code yet.
alter table org.staff add column totp_pending_sealed bytea;
alter table org.staff add column totp_used_step bigint;

create table org.recovery_code (
  tenant_id uuid not null,
  staff_id uuid not null,
  code_hash bytea not null,
  primary key (tenant_id, staff_id, code_hash),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('org.recovery_code', 'tenant');

-- "Roles of this unit" and "who has this role" without reading every assignment.
create index staff_role_role on org.staff_role (tenant_id, role_id);
create index session_expires on org.session (tenant_id, expires_at);
