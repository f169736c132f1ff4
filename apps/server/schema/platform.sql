-- platform: generated from the catalogue by `npm run generate`. Do not edit.

platform.announcement
  tenant_id uuid not null
  id uuid not null
  title text not null
  body text not null
  state text not null default 'draft'::text
  from_at timestamp with time zone
  until_at timestamp with time zone
  role_ids uuid[] not null default '{}'::uuid[]
  unit_ids uuid[] not null default '{}'::uuid[]
  is_pinned boolean not null default false
  needs_confirmation boolean not null default false
  created_at timestamp with time zone not null
  created_by text not null
  told_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  CHECK (((state = 'draft'::text) OR (from_at IS NOT NULL)))
  CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text])))
  CHECK ((until_at > from_at))
  index announcement_due btree (tenant_id, from_at) WHERE ((state = 'published'::text) AND (told_at IS NULL))

platform.announcement_reading
  tenant_id uuid not null
  announcement_id uuid not null
  staff_id uuid not null
  read_at timestamp with time zone not null
  confirmed_at timestamp with time zone
  PRIMARY KEY (tenant_id, announcement_id, staff_id)
  FOREIGN KEY (tenant_id, announcement_id) REFERENCES platform.announcement(tenant_id, id)
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)

platform.approval_chain
  tenant_id uuid not null
  kind text not null
  steps jsonb not null
  updated_at timestamp with time zone not null
  updated_by text not null
  PRIMARY KEY (tenant_id, kind)
  CHECK ((jsonb_typeof(steps) = 'array'::text))

platform.approval_deputy
  tenant_id uuid not null
  id uuid not null
  staff_id uuid not null
  deputy_id uuid not null
  from_at timestamp with time zone not null
  until_at timestamp with time zone not null
  note text
  created_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, deputy_id) REFERENCES org.staff(tenant_id, id)
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)
  CHECK ((from_at < until_at))
  CHECK ((staff_id <> deputy_id))
  index approval_deputy_for btree (tenant_id, staff_id, until_at)
  index approval_deputy_of btree (tenant_id, deputy_id, until_at)

platform.approval_event
  tenant_id uuid not null
  id uuid not null
  request_id uuid not null
  at timestamp with time zone not null
  actor text not null
  what text not null
  step_no integer not null
  comment text
  details jsonb not null default '{}'::jsonb
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, request_id) REFERENCES platform.approval_request(tenant_id, id)
  CHECK ((what = ANY (ARRAY['asked'::text, 'approved'::text, 'rejected'::text, 'delegated'::text, 'escalated'::text, 'fell-back'::text, 'not-carried-out'::text, 'carried-out'::text, 'withdrawn'::text])))
  index approval_event_request btree (tenant_id, request_id, id)

platform.approval_request
  tenant_id uuid not null
  id uuid not null
  kind text not null
  payload jsonb not null
  amount bigint not null
  is_above_limit boolean not null default false
  unit_id uuid not null
  reason text not null
  steps jsonb not null
  step_no integer not null default 0
  round integer not null default 0
  due_at timestamp with time zone
  state text not null default 'waiting'::text
  problem jsonb
  asked_by uuid not null
  asked_at timestamp with time zone not null
  ended_at timestamp with time zone
  is_members boolean not null default false
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, id, asked_by)
  FOREIGN KEY (tenant_id, unit_id) REFERENCES org.unit(tenant_id, id)
  CHECK (((state = 'waiting'::text) = (ended_at IS NULL)))
  CHECK (((step_no >= 0) AND (step_no < jsonb_array_length(steps))))
  CHECK ((amount >= 0))
  CHECK ((jsonb_array_length(steps) > 0))
  CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'rejected'::text, 'withdrawn'::text])))
  index approval_request_asker btree (tenant_id, asked_by, id DESC)
  index approval_request_state btree (tenant_id, state, id DESC)

platform.approval_seat
  tenant_id uuid not null
  request_id uuid not null
  step_no integer not null
  staff_id uuid not null
  asked_by uuid not null
  turn integer not null
  state text not null
  for_staff_id uuid
  decided_by uuid
  decided_at timestamp with time zone
  comment text
  PRIMARY KEY (tenant_id, request_id, step_no, staff_id)
  UNIQUE (tenant_id, request_id, step_no, decided_by)
  FOREIGN KEY (tenant_id, decided_by) REFERENCES org.staff(tenant_id, id)
  FOREIGN KEY (tenant_id, request_id, asked_by) REFERENCES platform.approval_request(tenant_id, id, asked_by)
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)
  CHECK (((decided_by IS NULL) = (decided_at IS NULL)))
  CHECK (((state = ANY (ARRAY['approved'::text, 'rejected'::text])) = (decided_by IS NOT NULL)))
  CHECK ((decided_by IS DISTINCT FROM asked_by))
  CHECK ((staff_id <> asked_by))
  CHECK ((state = ANY (ARRAY['queued'::text, 'waiting'::text, 'approved'::text, 'rejected'::text, 'handed'::text, 'passed'::text])))
  index approval_seat_decider btree (tenant_id, decided_by, decided_at DESC) WHERE (decided_by IS NOT NULL)
  index approval_seat_person btree (tenant_id, staff_id, state)

platform.comment
  tenant_id uuid not null
  id uuid not null
  subject_kind text not null
  subject_id text not null
  root_id uuid
  author_id uuid not null
  sealed bytea not null
  mentions uuid[] not null default '{}'::uuid[]
  created_at timestamp with time zone not null
  edited_at timestamp with time zone
  deleted_at timestamp with time zone
  removed_by uuid
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, author_id) REFERENCES org.staff(tenant_id, id)
  FOREIGN KEY (tenant_id, removed_by) REFERENCES org.staff(tenant_id, id)
  FOREIGN KEY (tenant_id, root_id) REFERENCES platform.comment(tenant_id, id)
  CHECK (((removed_by IS NULL) OR (deleted_at IS NOT NULL)))
  CHECK ((length(subject_id) <= 64))
  CHECK ((subject_kind ~ '^[a-z-]+$'::text))
  index comment_answer btree (tenant_id, root_id, id) WHERE (root_id IS NOT NULL)
  index comment_thread btree (tenant_id, subject_kind, subject_id, id)

platform.comment_version
  tenant_id uuid not null
  comment_id uuid not null
  no integer not null
  sealed bytea not null
  written_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, comment_id, no)
  FOREIGN KEY (tenant_id, comment_id) REFERENCES platform.comment(tenant_id, id)
  CHECK ((no >= 1))

platform.export_run
  tenant_id uuid not null
  id uuid not null
  kind text not null
  format text not null
  state text not null
  wish_sealed bytea
  filters jsonb not null
  is_whole boolean not null
  reason text
  file_name text not null
  file_id uuid
  row_count integer not null default 0
  size_bytes bigint not null default 0
  failure text
  staff_id uuid not null
  by_name text not null
  created_at timestamp with time zone not null
  moved_at timestamp with time zone not null
  ended_at timestamp with time zone
  columns text[]
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)
  CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text])))
  CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
  index export_run_of_staff btree (tenant_id, staff_id, id DESC)

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
  staff_id uuid
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
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)
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

platform.todo
  tenant_id uuid not null
  id uuid not null
  kind text not null
  key text not null
  whose text not null
  zh text not null
  en text not null
  note text
  link text
  count integer
  due_at timestamp with time zone
  created_by text not null
  created_at timestamp with time zone not null
  done_by text
  done_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  CHECK (((done_by IS NULL) = (done_at IS NULL)))
  CHECK ((count > 0))
  CHECK ((link ~ '^/'::text))
  CHECK ((whose ~ '^(staff|may):'::text))
  index todo_whose btree (tenant_id, whose, done_at)
  UNIQUE index todo_open btree (tenant_id, kind, key, whose) WHERE (done_at IS NULL)

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
