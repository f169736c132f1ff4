-- platform: generated from the catalogue by `npm run generate`. Do not edit.

platform.webhook
  tenant_id uuid not null
  id uuid not null
  url text not null
  event_types text[] not null
  secret_sealed bytea not null
  state text not null default 'active'::text
  created_at timestamp with time zone not null
  given_up integer not null default 0
  PRIMARY KEY (tenant_id, id)
  CHECK ((state = ANY (ARRAY['active'::text, 'paused'::text, 'broken'::text])))

platform.webhook_delivery
  tenant_id uuid not null
  id uuid not null
  webhook_id uuid not null
  event_id uuid not null
  event_type text not null
  subject_id text
  body text not null
  state text not null
  attempts integer not null default 0
  last_status integer
  last_error text
  created_at timestamp with time zone not null
  next_attempt_at timestamp with time zone
  delivered_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, webhook_id) REFERENCES platform.webhook(tenant_id, id)
  CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])))
  index webhook_delivery_done btree (tenant_id, created_at) WHERE (state <> 'waiting'::text)
  index webhook_delivery_due btree (tenant_id, next_attempt_at) WHERE (state = 'waiting'::text)
  index webhook_delivery_recent btree (tenant_id, webhook_id, id)
  index webhook_delivery_waiting btree (tenant_id, webhook_id, COALESCE(subject_id, ''::text), id) WHERE (state = 'waiting'::text)
