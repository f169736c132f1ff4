-- What is kept for ever about a member and tells who they are (the before and after of a changed profile, in the audit log) is
-- sealed with a key of the member's own, which goes when the member has everything deleted: ADR 15.
create table kernel.personal_key (
  tenant_id uuid not null,
  subject_id uuid not null,
  -- sealed with the tenant's data key
  wrapped bytea not null,
  created_at timestamptz not null,
  primary key (tenant_id, subject_id)
);
select kernel.declare_table('kernel.personal_key', 'tenant');
