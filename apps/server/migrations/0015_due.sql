-- What becomes due by the clock is found by an index, not by reading every coupon, standing and payment each time.
create index coupon_due on promotions.coupon (tenant_id, valid_until) where state in ('issued', 'held');
create index standing_due on loyalty.standing (tenant_id, tier_until) where tier_until is not null;
create index payment_open on payments.payment (tenant_id, created_at) where state = 'created';
create index refund_waiting on payments.refund (tenant_id, at) where state = 'waiting';
