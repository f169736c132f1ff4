-- Webhooks keep the order of each subject: the earliest waiting delivery of a subject is the only one that may go out.
-- How many deliveries in a row were given up: three make an endpoint broken.
alter table platform.webhook add column given_up integer not null default 0;

create index webhook_delivery_waiting on platform.webhook_delivery (tenant_id, webhook_id, coalesce(subject_id, ''), id) where state = 'waiting';
create index webhook_delivery_due on platform.webhook_delivery (tenant_id, next_attempt_at) where state = 'waiting';
create index webhook_delivery_done on platform.webhook_delivery (tenant_id, created_at) where state <> 'waiting';
