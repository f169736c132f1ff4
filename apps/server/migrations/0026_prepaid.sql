-- Prepaid value in full: the terms under which it is sold, and every way out of it but a purchase. What a member may ask back is a
-- right (法释〔2025〕4号), so a withdrawal keeps the whole computation that was shown, and names who asked, who agreed, who paid.

-- The terms in force, each change a version that stays. A top-up keeps the order of spending under which it was sold.
create table payments.prepaid_terms (
  tenant_id uuid not null,
  version integer not null check (version > 0),
  spend_order text not null check (spend_order in ('proportional', 'principal-first', 'bonus-first')),
  approval_over_fen bigint not null check (approval_over_fen >= 0),
  by_actor text not null,
  at timestamptz not null,
  primary key (tenant_id, version)
);
select kernel.declare_table('payments.prepaid_terms', 'tenant', true);

alter table payments.top_up add column spend_order text not null default 'proportional' check (spend_order in ('proportional', 'principal-first', 'bonus-first'));

-- Prepaid money on its way back: of stored value, or of a card. The value leaves the account when it is asked for, and comes back
-- when the second person declines.
create table payments.withdrawal (
  tenant_id uuid not null,
  id uuid not null,
  member_id uuid not null,
  card_id uuid,
  store_id uuid,
  cause text not null check (cause in ('seven-day', 'consumer', 'merchant')),
  state text not null check (state in ('waiting', 'paying', 'done', 'declined')),
  method text not null check (method in ('original', 'cash', 'bank')),
  reference text,
  refund_fen bigint not null check (refund_fen > 0),
  principal_fen bigint not null default 0 check (principal_fen >= 0),
  bonus_fen bigint not null default 0 check (bonus_fen >= 0),
  quote jsonb not null,
  reason text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  primary key (tenant_id, id)
);
select kernel.declare_table('payments.withdrawal', 'tenant');
create index withdrawal_of_member on payments.withdrawal (tenant_id, member_id, id);
create index withdrawal_open on payments.withdrawal (tenant_id, id) where state in ('waiting', 'paying');

-- What of a withdrawal goes back for one top-up or one sale of a card, and by which way.
create table payments.withdrawal_part (
  tenant_id uuid not null,
  withdrawal_id uuid not null,
  source_id text not null,
  refund_fen bigint not null check (refund_fen >= 0),
  method text not null check (method in ('wechat', 'card', 'cash', 'bank')),
  payment_id uuid,
  refund_id uuid,
  state text not null check (state in ('waiting', 'paid', 'failed')),
  primary key (tenant_id, withdrawal_id, source_id),
  foreign key (tenant_id, withdrawal_id) references payments.withdrawal (tenant_id, id)
);
select kernel.declare_table('payments.withdrawal_part', 'tenant');
create index withdrawal_part_refund on payments.withdrawal_part (tenant_id, refund_id) where refund_id is not null;
create index withdrawal_part_source on payments.withdrawal_part (tenant_id, source_id);

-- Stored value that went from one member to another; the lots keep their dates and their top-up.
create table payments.transfer (
  tenant_id uuid not null,
  id uuid not null,
  from_member_id uuid not null,
  to_member_id uuid not null check (to_member_id <> from_member_id),
  principal_fen bigint not null check (principal_fen >= 0),
  bonus_fen bigint not null check (bonus_fen >= 0),
  reason text not null,
  by_actor text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
select kernel.declare_table('payments.transfer', 'tenant', true);

-- Why a member's stored value may not be spent now. The lock itself is the state of the ledger's accounts.
create table payments.freeze (
  tenant_id uuid not null,
  member_id uuid not null,
  kind text not null check (kind in ('loss', 'dispute', 'other')),
  reason text not null,
  by_actor text not null,
  at timestamptz not null,
  primary key (tenant_id, member_id)
);
select kernel.declare_table('payments.freeze', 'tenant');

-- Printed cards. A named one is a way to a member's own stored value; an unnamed one holds value itself until somebody binds it.
create table payments.stored_card (
  tenant_id uuid not null,
  id uuid not null,
  card_no text not null,
  kind text not null check (kind in ('named', 'unnamed')),
  member_id uuid,
  amount_fen bigint not null default 0,
  expires_on date,
  state text not null check (state in ('active', 'lost', 'replaced', 'bound')),
  replaced_by uuid,
  method text check (method in ('cash', 'card')),
  store_id uuid,
  by_actor text not null,
  at timestamptz not null,
  check ((kind = 'named') = (expires_on is null)),
  check (kind = 'unnamed' or member_id is not null),
  check (kind = 'named' or amount_fen between 1 and 100000),
  primary key (tenant_id, id),
  unique (tenant_id, card_no)
);
select kernel.declare_table('payments.stored_card', 'tenant');
create index stored_card_of_member on payments.stored_card (tenant_id, member_id, id);

alter table payments.payment drop constraint payment_purpose_check;
alter table payments.payment add constraint payment_purpose_check check (purpose in ('order', 'top-up', 'card'));
alter table payments.refund add column reason text not null default '退货退款';

-- The roles that every tenant starts with learn the new rights; those that a tenant made itself do not.
update org.role set permissions = permissions || '{stored-value.withdraw,stored-value.approve,finance.read}' where is_builtin and name = '管理员';
update org.role set permissions = permissions || '{stored-value.withdraw,finance.read}' where is_builtin and name in ('店长', '区域经理');
update org.role set permissions = permissions || '{stored-value.withdraw}' where is_builtin and name = '客服';
update org.role set permissions = permissions || '{finance.read}' where is_builtin and name = '审计';
