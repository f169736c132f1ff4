-- Own fields on products and on orders. Products get the banks beside their columns. Orders do not: their table is written to by every
-- till, and twenty-two indexes more would be looked at by each order. Their own fields stand in a row beside those orders that have any.
create table commerce.order_custom (
  tenant_id uuid not null,
  id uuid not null,
  order_id text not null,
  ext jsonb not null default '{}',
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, order_id),
  foreign key (tenant_id, order_id) references commerce."order" (tenant_id, id)
);
select kernel.declare_table('commerce.order_custom', 'tenant');

alter table commerce.product add column ext jsonb not null default '{}';

do $$
declare slot record;
begin
  for slot in
    select kind || '_' || n as name, type from (values ('text', 8, 'text collate "C"'), ('number', 6, 'double precision'), ('time', 4, 'timestamptz'), ('reference', 4, 'uuid')) as bank (kind, size, type),
      generate_series(1, size) as n
  loop
    execute format('alter table commerce.order_custom add column %I %s', slot.name, slot.type);
    execute format('create index %I on commerce.order_custom (tenant_id, %I, id) where %I is not null', 'order_custom_' || slot.name, slot.name, slot.name);
    execute format('alter table commerce.product add column %I %s', slot.name, slot.type);
    execute format('create index %I on commerce.product (tenant_id, %I, id) where %I is not null', 'product_' || slot.name, slot.name, slot.name);
  end loop;
end $$;

-- Who writes the own fields of orders: administrators, managers and customer service, as in tenants founded from now on.
update org.role set permissions = permissions || '{orders.write}' where is_builtin and name in ('管理员', '店长', '区域经理', '客服') and not 'orders.write' = any(permissions);
