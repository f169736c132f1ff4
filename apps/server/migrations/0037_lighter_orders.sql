-- What every order pays for, measured at 1,000 callers: see docs/adr/0007.
-- A foreign key here is a look-up and a row lock for each line, tender and posting, of a row that the same transaction wrote or
-- has locked. `npm run prove` checks the same without asking at every order.
alter table commerce.order_line drop constraint order_line_tenant_id_order_id_fkey;
alter table commerce.tender drop constraint tender_tenant_id_order_id_fkey;
alter table ledger.posting drop constraint posting_tenant_id_lot_id_fkey;
-- Postings are read by account; who looks for an order's knows the account.
drop index ledger.posting_ref;
-- Without `state` in its condition a redemption touches no index at all (a heap-only update).
drop index promotions.coupon_due;
create index coupon_due on promotions.coupon (tenant_id, valid_until);
