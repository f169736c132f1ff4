-- A scanned code stands for one order: the same order may send it again over a bad network, another may not.
alter table customers.code_use add column order_id text;

-- Carts that a till has parked: who set it aside, when, and what the cashier calls it (a table's number).
-- They stay after a hold that ran out, so that the cart is found again although nothing is set aside any more.
alter table commerce.quote add column parked_at timestamptz;
alter table commerce.quote add column parked_by text;
alter table commerce.quote add column note text;
create index quote_parked on commerce.quote (tenant_id, parked_at) where parked_at is not null;
