-- Stored value plans and top-ups, and payments through an outside provider.
create schema payments;
grant usage on schema payments to shuke_app;

create table payments.top_up_plan (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  principal_fen bigint not null check (principal_fen > 0),
  bonus_fen bigint not null default 0 check (bonus_fen >= 0),
  position integer not null default 0,
  state text not null default 'live' check (state in ('live', 'ended')),
  primary key (tenant_id, id)
);
select kernel.declare_table('payments.top_up_plan', 'tenant');

-- An intent to be paid by the provider, for an order or a top-up. `out_trade_no` is ours, `transaction_no` theirs.
create table payments.payment (
  tenant_id uuid not null,
  id uuid not null,
  provider text not null check (provider in ('wechat')),
  purpose text not null check (purpose in ('order', 'top-up')),
  subject_id text not null,
  member_id uuid,
  amount_fen bigint not null check (amount_fen > 0),
  refunded_fen bigint not null default 0 check (refunded_fen between 0 and amount_fen),
  out_trade_no text not null,
  transaction_no text,
  code_url text,
  pay_params jsonb,
  state text not null default 'created' check (state in ('created', 'succeeded', 'closed')),
  -- Set once by the order or top-up that takes the money: a payment pays for one thing.
  used_by text,
  created_at timestamptz not null,
  succeeded_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, out_trade_no)
);
select kernel.declare_table('payments.payment', 'tenant');
create index payment_subject on payments.payment (tenant_id, subject_id);

create table payments.top_up (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  plan_id uuid not null,
  principal_fen bigint not null,
  bonus_fen bigint not null,
  method text not null check (method in ('cash', 'card', 'wechat')),
  payment_id uuid,
  store_id uuid,
  state text not null check (state in ('waiting', 'done', 'cancelled')),
  by_actor text not null,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, plan_id) references payments.top_up_plan (tenant_id, id)
);
select kernel.declare_table('payments.top_up', 'tenant');
create index top_up_member on payments.top_up (tenant_id, member_id, id);

create table payments.refund (
  tenant_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  return_id uuid not null,
  amount_fen bigint not null check (amount_fen > 0),
  out_refund_no text not null,
  state text not null default 'waiting' check (state in ('waiting', 'succeeded', 'failed')),
  at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, out_refund_no),
  foreign key (tenant_id, payment_id) references payments.payment (tenant_id, id)
);
select kernel.declare_table('payments.refund', 'tenant');
