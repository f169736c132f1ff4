-- A standing right to free delivery or to a price is an offer of its tiers: the till applies it, and the quote proves it.
alter table loyalty.benefit add column offer_id uuid;

-- Paid at a counter, where the goods are handed over in the same moment; null: in the app, or nothing to pay.
alter table loyalty.redemption add column paid_by text check (paid_by in ('cash', 'card'));
alter table loyalty.redemption add check (paid_by is null or (payment_id is null and cash_fen > 0));
