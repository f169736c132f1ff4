-- Two members who are one person become one, and may become two again for half a year: what each module moved is kept with the merge.
alter table customers.member add column merged_into uuid;
alter table customers.member add constraint member_merged_into_fkey foreign key (tenant_id, merged_into) references customers.member (tenant_id, id);
alter table customers.member add constraint member_merged_check check ((state = 'merged') = (merged_into is not null));
create index member_merged on customers.member (tenant_id, merged_into) where merged_into is not null;

create table customers.merge (
  tenant_id uuid not null,
  id uuid not null,
  survivor_id uuid not null,
  absorbed_id uuid not null,
  state text not null default 'done' check (state in ('done', 'undone')),
  reason text not null,
  by_actor text not null,
  by_name text not null,
  at timestamptz not null,
  undo_until timestamptz not null,
  undone_at timestamptz,
  undone_by text,
  undo_reason text,
  check (survivor_id <> absorbed_id),
  check ((state = 'undone') = (undone_at is not null)),
  primary key (tenant_id, id),
  foreign key (tenant_id, survivor_id) references customers.member (tenant_id, id),
  foreign key (tenant_id, absorbed_id) references customers.member (tenant_id, id)
);
select kernel.declare_table('customers.merge', 'tenant');
create unique index merge_standing on customers.merge (tenant_id, absorbed_id) where state = 'done';
create index merge_survivor on customers.merge (tenant_id, survivor_id, at desc);

-- What one module moved, as it needs it to move it back.
create table customers.merge_part (
  tenant_id uuid not null,
  merge_id uuid not null,
  module text not null,
  kept jsonb not null,
  primary key (tenant_id, merge_id, module),
  foreign key (tenant_id, merge_id) references customers.merge (tenant_id, id)
);
select kernel.declare_table('customers.merge_part', 'tenant');

-- Accounts whose lots have been one another's: what an order burned before a merge stands in the other account's postings.
create table ledger.kin (
  tenant_id uuid not null,
  account_id uuid not null,
  kin_id uuid not null,
  primary key (tenant_id, account_id, kin_id)
);
select kernel.declare_table('ledger.kin', 'tenant');

-- What was written once stays as it was written, but for whose it is.
grant update (member_id) on commerce."return", loyalty.points_earning, promotions.coupon_share_claim to shuke_app;
