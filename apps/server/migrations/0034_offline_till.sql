-- A till without network: a member's phone fetches a signed code beforehand whose allowance is held in the ledger, tills sell against
-- it and upload their orders later. Used at two tills, a code pays no more than its allowance; what it does not cover is an exception.
create table commerce.offline_code (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  allowance_fen bigint not null check (allowance_fen > 0),
  used_fen bigint not null default 0 check (used_fen between 0 and allowance_fen),
  tier_id uuid,
  first_order boolean not null,
  issued_at timestamptz not null,
  -- tills take it until then
  expires_at timestamptz not null,
  -- and have until then to upload; the allowance stays set aside so long
  escrow_until timestamptz not null,
  state text not null default 'open' check (state in ('open', 'ended')),
  primary key (tenant_id, id)
) with (fillfactor = 80);
select kernel.declare_table('commerce.offline_code', 'tenant');
create index offline_code_member on commerce.offline_code (tenant_id, member_id, expires_at desc);
create index offline_code_escrow on commerce.offline_code (tenant_id, escrow_until) where state = 'open';

-- What a manager has to look at after tills were without network.
create table commerce.offline_exception (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('double-use', 'price', 'refused', 'clock', 'expired')),
  order_id text not null,
  store_id uuid not null,
  member_id uuid,
  code_id uuid,
  amount_fen bigint not null default 0,
  detail jsonb not null default '{}',
  at timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  resolution text,
  primary key (tenant_id, id)
) with (fillfactor = 90);
select kernel.declare_table('commerce.offline_exception', 'tenant');
create index offline_exception_open on commerce.offline_exception (tenant_id, id) where resolved_at is null;
create index offline_exception_order on commerce.offline_exception (tenant_id, order_id);
