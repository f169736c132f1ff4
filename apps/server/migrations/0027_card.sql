-- Count cards (次卡) and period cards (月卡). A card is a ledger account of the asset card:<product>, counted in uses or in days; each
-- sale of it is a lot, and so much of its price is earned as of the lot is used.
create table payments.card_product (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('count', 'period')),
  name text not null,
  serves text not null,
  price_fen bigint not null check (price_fen >= 0),
  -- uses of a count card, days of a period card
  units integer not null check (units between 1 and 10000),
  -- a single use without a card; it is what a used one counts for when the member gives the card back
  list_use_fen bigint check (list_use_fen >= 0),
  -- only what was given for nothing may end: what was paid for is a named card
  valid_days integer check (valid_days > 0),
  benefit_tag text,
  renews boolean not null default false,
  store_ids text[] not null default '{}',
  position integer not null default 0,
  state text not null default 'live' check (state in ('live', 'ended')),
  check (valid_days is null or (kind = 'count' and price_fen = 0)),
  check (not renews or (kind = 'period' and price_fen > 0)),
  primary key (tenant_id, id)
);
select kernel.declare_table('payments.card_product', 'tenant');

create table payments.card (
  tenant_id uuid not null,
  id uuid not null,
  product_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('count', 'period')),
  name text not null,
  list_use_fen bigint,
  benefit_tag text,
  state text not null check (state in ('waiting', 'active', 'paused', 'ended', 'refunded', 'cancelled')),
  -- of a period card: the last day that is paid for; unknown while it is paused
  ends_on date,
  -- the days before this one have been used up
  counted_on date,
  at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, product_id) references payments.card_product (tenant_id, id)
);
select kernel.declare_table('payments.card', 'tenant');
create index card_of_member on payments.card (tenant_id, member_id, id);
create index card_running on payments.card (tenant_id, counted_on) where kind = 'period' and state = 'active';

-- What was paid for a card: once for a count card, once for each period. The lot's origin.
create table payments.card_sale (
  tenant_id uuid not null,
  id uuid not null,
  card_id uuid not null,
  units integer not null check (units > 0),
  price_fen bigint not null check (price_fen >= 0),
  used integer not null default 0,
  recognised_fen bigint not null default 0,
  method text not null check (method in ('cash', 'card', 'wechat', 'gift')),
  payment_id uuid,
  store_id uuid,
  state text not null check (state in ('waiting', 'done', 'cancelled')),
  by_actor text not null,
  at timestamptz not null,
  check (used between 0 and units),
  primary key (tenant_id, id),
  foreign key (tenant_id, card_id) references payments.card (tenant_id, id)
);
select kernel.declare_table('payments.card_sale', 'tenant');
create index card_sale_card on payments.card_sale (tenant_id, card_id, id);
create index card_sale_payment on payments.card_sale (tenant_id, payment_id) where payment_id is not null;

-- Uses, and their undoing as negative ones. Append-only.
create table payments.card_use (
  tenant_id uuid not null,
  id uuid not null,
  card_id uuid not null,
  uses integer not null check (uses <> 0),
  recognised_fen bigint not null,
  undo_of uuid,
  store_id uuid not null,
  note text,
  by_actor text not null,
  at timestamptz not null,
  check ((uses < 0) = (undo_of is not null)),
  primary key (tenant_id, id),
  unique (tenant_id, undo_of),
  foreign key (tenant_id, card_id) references payments.card (tenant_id, id)
);
select kernel.declare_table('payments.card_use', 'tenant', true);
create index card_use_card on payments.card_use (tenant_id, card_id, id);

-- A member's agreement that a period card renews itself. One that runs for each card.
create table payments.renewal (
  tenant_id uuid not null,
  id uuid not null,
  card_id uuid not null,
  member_id uuid not null,
  contract_code text not null,
  contract_id text,
  state text not null check (state in ('signing', 'active', 'ended')),
  price_fen bigint not null check (price_fen > 0),
  due_on date,
  -- the due day that the member has been told of
  told_for date,
  attempts integer not null default 0,
  next_try_on date,
  sale_id uuid,
  last_error text,
  end_reason text,
  at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, contract_code),
  foreign key (tenant_id, card_id) references payments.card (tenant_id, id)
);
select kernel.declare_table('payments.renewal', 'tenant');
create unique index renewal_running on payments.renewal (tenant_id, card_id) where state <> 'ended';
create index renewal_due on payments.renewal (tenant_id, due_on) where state = 'active';
