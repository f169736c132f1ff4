-- The last key of the ledger that every order paid for; `npm run prove` checks it (docs/adr/0009).
alter table ledger.lot drop constraint lot_tenant_id_account_id_fkey;
