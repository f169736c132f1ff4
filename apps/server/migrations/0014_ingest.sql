-- Orders of other systems: what tells a repetition from another order with the same number, and returns that came before
-- their sale.

-- { hash, attributes }: orders keep the same in their proof.
alter table commerce."return" add column source jsonb;

-- A return whose sale has not arrived yet waits here and is settled together with it, as the share of it that it is; when the
-- sale stays away, a schedule settles it by itself.
create table commerce.waiting_return (
  tenant_id uuid not null,
  external_id text not null,
  order_id text not null,
  store_id uuid not null,
  hash text not null,
  wire jsonb not null,
  by_actor text not null,
  received_at timestamptz not null,
  primary key (tenant_id, external_id)
);
select kernel.declare_table('commerce.waiting_return', 'tenant');
create index waiting_return_order on commerce.waiting_return (tenant_id, order_id);
create index waiting_return_received on commerce.waiting_return (tenant_id, received_at);
