-- platform: generated from the catalogue by `npm run generate`. Do not edit.

platform.file
  tenant_id uuid not null
  id uuid not null
  name text not null
  size_bytes bigint not null
  by_actor text not null
  created_at timestamp with time zone not null
  keep_until timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  CHECK ((size_bytes > 0))
  index file_due btree (tenant_id, keep_until) WHERE (keep_until IS NOT NULL)

platform.file_chunk
  tenant_id uuid not null
  file_id uuid not null
  no integer not null
  sealed bytea not null
  PRIMARY KEY (tenant_id, file_id, no)
  FOREIGN KEY (tenant_id, file_id) REFERENCES platform.file(tenant_id, id) ON DELETE CASCADE
  CHECK ((no >= 0))

platform.import_key
  tenant_id uuid not null
  run_id uuid not null
  key bigint not null
  line integer not null
  PRIMARY KEY (tenant_id, run_id, key)
  FOREIGN KEY (tenant_id, run_id) REFERENCES platform.import_run(tenant_id, id) ON DELETE CASCADE

platform.import_mapping
  tenant_id uuid not null
  id uuid not null
  target text not null
  name text not null
  headers text[] not null
  mapping jsonb not null
  by_name text not null
  at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, target, name)
  CHECK (((length(name) >= 1) AND (length(name) <= 60)))

platform.import_page
  tenant_id uuid not null
  run_id uuid not null
  no integer not null
  rows integer not null
  verdicts jsonb not null
  checked bytea not null
  outcomes jsonb
  applied bytea
  undos jsonb
  undone bytea
  subjects uuid[] not null default '{}'::uuid[]
  PRIMARY KEY (tenant_id, run_id, no)
  FOREIGN KEY (tenant_id, run_id) REFERENCES platform.import_run(tenant_id, id) ON DELETE CASCADE

platform.import_run
  tenant_id uuid not null
  id uuid not null
  target text not null
  state text not null
  file_id uuid
  file_name text not null
  size_bytes bigint not null
  source jsonb
  mapping jsonb
  counts jsonb not null default '{}'::jsonb
  checked_rows integer not null default 0
  checked_bytes bigint not null default 0
  reason text
  actor jsonb not null
  by_actor text not null
  by_name text not null
  created_at timestamp with time zone not null
  moved_at timestamp with time zone not null
  checked_at timestamp with time zone
  applied_at timestamp with time zone
  undone_at timestamp with time zone
  keep_until timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, file_id) REFERENCES platform.file(tenant_id, id)
  CHECK ((state = ANY (ARRAY['uploading'::text, 'uploaded'::text, 'mapped'::text, 'checking'::text, 'checked'::text, 'waiting'::text, 'applying'::text, 'applied'::text, 'undoing'::text, 'undone'::text, 'failed'::text, 'cancelled'::text])))
  index import_run_kept btree (tenant_id, keep_until)

platform.notification
  tenant_id uuid not null
  staff_id uuid not null
  id uuid not null
  kind text not null
  title text not null
  params jsonb not null default '{}'::jsonb
  link text
  by_staff_id uuid
  created_at timestamp with time zone not null
  read_at timestamp with time zone
  PRIMARY KEY (tenant_id, staff_id, id)
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)
  CHECK (((link ~ '^/[^/]'::text) AND (length(link) <= 300)))
  CHECK ((kind = ANY (ARRAY['mention'::text, 'approval'::text, 'announcement'::text, 'run'::text, 'system'::text])))
  CHECK ((length((params)::text) <= 1000))
  CHECK ((title ~ '^[a-z-]+\.[a-z-]+$'::text))
  index notification_old btree (tenant_id, created_at)
  index notification_unread btree (tenant_id, staff_id, kind) WHERE (read_at IS NULL)

platform.notification_choice
  tenant_id uuid not null
  staff_id uuid not null
  kind text not null
  in_app boolean not null
  PRIMARY KEY (tenant_id, staff_id, kind)
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)

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
