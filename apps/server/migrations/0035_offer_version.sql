-- Offers are written as drafts and published as versions; a simulation can be shown to somebody else.

-- `version` counts what was published; `draft` is what is being written while the published one is in force.
alter table promotions.offer add column version integer not null default 0;
alter table promotions.offer add column draft jsonb;
alter table promotions.offer add column draft_at timestamptz;
alter table promotions.offer add column draft_by text;

-- Who changed what, when: a rule can be compared with, and set back to, any version of itself.
create table promotions.offer_version (
  tenant_id uuid not null,
  offer_id uuid not null,
  version integer not null check (version > 0),
  name text not null,
  priority integer not null,
  state text not null,
  definition jsonb not null,
  rule_version integer,
  note text,
  at timestamptz not null,
  by_actor text not null,
  primary key (tenant_id, offer_id, version),
  foreign key (tenant_id, offer_id) references promotions.offer (tenant_id, id)
);
select kernel.declare_table('promotions.offer_version', 'tenant', true);

insert into promotions.offer_version (tenant_id, offer_id, version, name, priority, state, definition, at, by_actor)
select tenant_id, id, 1, name, priority, state, definition, updated_at, 'system:migration' from promotions.offer where state <> 'draft';
update promotions.offer set version = 1 where state <> 'draft';

-- A cart with its result, kept so that a link shows the same to everybody.
create table promotions.simulation (
  tenant_id uuid not null,
  id uuid not null,
  input jsonb not null,
  result jsonb not null,
  at timestamptz not null,
  by_actor text not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('promotions.simulation', 'tenant', true);
