-- Where each member is between first contact and loss: worked out from the standing by the tenant's rules, kept, with its history.
alter table loyalty.program add column lifecycle jsonb;

create table loyalty.life_stage (
  tenant_id uuid not null,
  member_id uuid not null,
  stage text not null check (stage in ('aware', 'first', 'repeat', 'loyal', 'dormant', 'lost')),
  since timestamptz not null,
  -- when it may be another one without anything happening; null: never
  due_at timestamptz,
  primary key (tenant_id, member_id)
) with (fillfactor = 90);
select kernel.declare_table('loyalty.life_stage', 'tenant');
create index life_stage_members on loyalty.life_stage (tenant_id, stage, member_id);

create table loyalty.life_stage_change (
  tenant_id uuid not null,
  member_id uuid not null,
  id uuid not null,
  -- null: nobody had looked before
  from_stage text,
  to_stage text not null,
  -- order, sign, time, recount, merge, return
  reason text not null,
  -- what entering it brought: tag, coupon
  given text[] not null default '{}',
  at timestamptz not null,
  primary key (tenant_id, member_id, id)
);
select kernel.declare_table('loyalty.life_stage_change', 'tenant');
create index life_stage_change_at on loyalty.life_stage_change (tenant_id, at, to_stage);
