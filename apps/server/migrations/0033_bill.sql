-- AA 制: one table's bill, priced once, paid by several people. Each share that is paid is an order of its payer with the share's
-- frozen part of every line, discount and fee, so that points, tiers, refunds and proofs are those of any order.
create table commerce.bill (
  tenant_id uuid not null,
  id text not null,
  store_id uuid not null,
  -- the cart, and its price with the proof: frozen when the bill was divided
  cart jsonb not null,
  quote jsonb not null,
  rule_version integer not null,
  -- whose tier the price was found with; null: nobody's
  host_id uuid,
  host jsonb,
  total_fen bigint not null check (total_fen >= 0),
  state text not null default 'open' check (state in ('open', 'paid', 'void')),
  -- grows with every new division: a share of an older one cannot be paid
  revision integer not null default 1,
  -- what the table's QR code names
  token text not null,
  note text,
  -- until then a share is kept for whom it was given to
  until timestamptz not null,
  opened_by text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token)
) with (fillfactor = 90);
select kernel.declare_table('commerce.bill', 'tenant');
create index bill_open on commerce.bill (tenant_id, opened_at) where state = 'open';

create table commerce.bill_share (
  tenant_id uuid not null,
  bill_id text not null,
  no integer not null check (no > 0),
  name text not null,
  member_id uuid,
  total_fen bigint not null check (total_fen >= 0),
  -- this person's part of lines, discounts and fees
  part jsonb not null,
  coupon_ids jsonb not null default '[]',
  state text not null default 'open' check (state in ('open', 'paid')),
  order_id text,
  payer_id uuid,
  paid_at timestamptz,
  check ((state = 'paid') = (order_id is not null)),
  primary key (tenant_id, bill_id, no),
  foreign key (tenant_id, bill_id) references commerce.bill (tenant_id, id)
) with (fillfactor = 80);
select kernel.declare_table('commerce.bill_share', 'tenant');
create index bill_share_order on commerce.bill_share (tenant_id, order_id) where order_id is not null;

-- Three people share one dish: one of their orders counts the dish, all have their part of its price, and the sum is one dish.
alter table commerce.order_line drop constraint order_line_quantity_check;
alter table commerce.order_line add constraint order_line_quantity_check check (quantity >= 0);
