-- A brand's own merchant account at WeChat Pay. A tenant without one is paid through the installation's. Older accounts stay: what was
-- paid through one is refunded through it.
create table payments.merchant_account (
  tenant_id uuid not null,
  -- 商户号
  merchant_id text not null,
  app_id text not null,
  certificate_serial text not null,
  public_key_id text not null,
  public_key_pem text not null,
  papay_plan_id integer,
  -- the private key and the APIv3 key, sealed with the tenant's key
  secrets_sealed bytea not null,
  is_current boolean not null default true,
  by_actor text not null,
  at timestamptz not null,
  primary key (tenant_id, merchant_id)
);
select kernel.declare_table('payments.merchant_account', 'tenant');
create unique index merchant_account_current on payments.merchant_account (tenant_id) where is_current;

-- null: the installation's account
alter table payments.payment add column merchant_id text;
alter table payments.renewal add column merchant_id text;
