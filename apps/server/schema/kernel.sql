-- kernel: generated from the catalogue by `npm run generate`. Do not edit.

kernel.audit_entry
  tenant_id uuid not null
  id uuid not null
  at timestamp with time zone not null
  actor text not null
  actor_name text not null
  action text not null
  subject_kind text not null
  subject_id text not null
  before jsonb
  after jsonb
  reason text
  ip text not null
  request_id text not null
  PRIMARY KEY (tenant_id, id)
  index audit_entry_action btree (tenant_id, action, id)
  index audit_entry_actor btree (tenant_id, actor, id)
  index audit_entry_subject btree (tenant_id, subject_id, id)

kernel.data_key
  tenant_id uuid not null
  id integer not null
  purpose text not null
  kek_id text not null
  wrapped bytea not null
  PRIMARY KEY (tenant_id, id)
  CHECK ((purpose = ANY (ARRAY['seal'::text, 'digest'::text, 'sign'::text])))

kernel.declared_table
  name text not null
  kind text not null
  append_only boolean not null
  PRIMARY KEY (name)
  CHECK ((kind = ANY (ARRAY['tenant'::text, 'reference'::text, 'system'::text, 'archive'::text])))

kernel.event
  tenant_id uuid not null
  id uuid not null
  type text not null
  at timestamp with time zone not null
  actor text not null
  subject_id text
  payload jsonb not null
  PRIMARY KEY (tenant_id, id)
  index event_subject btree (tenant_id, subject_id, at DESC, id DESC) WHERE (subject_id IS NOT NULL)

kernel.idempotency
  tenant_id uuid not null
  key text not null
  operation text not null
  body_hash bytea not null
  status integer
  body text
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, key)
  CHECK (((length(key) >= 8) AND (length(key) <= 128)))

kernel.migration
  name text not null
  sha256 text not null
  applied_at timestamp with time zone not null default now()
  PRIMARY KEY (name)

kernel.milestone
  name text not null
  at timestamp with time zone not null
  PRIMARY KEY (name)

kernel.personal_key
  tenant_id uuid not null
  subject_id uuid not null
  wrapped bytea not null
  created_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, subject_id)

kernel.receipt
  tenant_id uuid not null
  subscriber text not null
  event_id uuid not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, subscriber, event_id)
