-- objects: generated from the catalogue by `npm run generate`. Do not edit.

objects.attachment
  tenant_id uuid not null
  file_id uuid not null
  field_id text not null
  record_id uuid
  name text not null
  media_type text not null
  size_bytes bigint not null
  PRIMARY KEY (tenant_id, file_id)
  FOREIGN KEY (tenant_id, field_id) REFERENCES objects.field(tenant_id, id)
  FOREIGN KEY (tenant_id, file_id) REFERENCES platform.file(tenant_id, id) ON DELETE CASCADE
  CHECK ((size_bytes > 0))
  index attachment_field btree (tenant_id, field_id)
  index attachment_record btree (tenant_id, record_id) WHERE (record_id IS NOT NULL)

objects.field
  tenant_id uuid not null
  id text not null
  object_id uuid not null
  key text not null
  kind text not null
  name text not null
  name_en text not null default ''::text
  hint text not null default ''::text
  settings jsonb not null default '{}'::jsonb
  target_id uuid
  is_required boolean not null default false
  required_from text
  is_unique boolean not null default false
  slot text
  is_slot_ready boolean not null default false
  position integer not null
  next_number bigint not null default 1
  archived_at timestamp with time zone
  created_at timestamp with time zone not null
  is_listed boolean not null default false
  is_list_ready boolean not null default false
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, object_id, key)
  FOREIGN KEY (tenant_id, object_id) REFERENCES objects.object(tenant_id, id)
  FOREIGN KEY (tenant_id, target_id) REFERENCES objects.object(tenant_id, id)
  CHECK ((id ~ '^f[a-z0-9]{4,11}$'::text))
  CHECK ((key ~ '^[a-z][a-z0-9_]{0,39}$'::text))
  CHECK ((kind = ANY (ARRAY['text'::text, 'long-text'::text, 'number'::text, 'money'::text, 'date'::text, 'time'::text, 'boolean'::text, 'choice'::text, 'choices'::text, 'reference'::text, 'phone'::text, 'email'::text, 'url'::text, 'location'::text, 'file'::text, 'formula'::text, 'auto-number'::text])))
  CHECK ((slot ~ '^(text|number|time|reference)_[1-8]$'::text))
  index field_target btree (tenant_id, target_id) WHERE (target_id IS NOT NULL)
  UNIQUE index field_slot btree (tenant_id, object_id, slot) WHERE (slot IS NOT NULL)

objects.fill
  tenant_id uuid not null
  id uuid not null
  object_id uuid not null
  field_id text not null
  purpose text not null
  state text not null default 'running'::text
  cursor_id uuid not null
  looked integer not null default 0
  total integer not null default 0
  failure jsonb
  created_at timestamp with time zone not null
  created_by text not null
  moved_at timestamp with time zone not null
  ended_at timestamp with time zone
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, field_id) REFERENCES objects.field(tenant_id, id)
  CHECK ((purpose = ANY (ARRAY['slot'::text, 'unique'::text, 'terms'::text])))
  CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
  UNIQUE index fill_running btree (tenant_id, field_id, purpose) WHERE (state = 'running'::text)

objects.layout
  tenant_id uuid not null
  id uuid not null
  object_id uuid not null
  role_id uuid
  definition jsonb not null
  updated_at timestamp with time zone not null
  updated_by text not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, object_id) REFERENCES objects.object(tenant_id, id)
  FOREIGN KEY (tenant_id, role_id) REFERENCES org.role(tenant_id, id) ON DELETE CASCADE
  UNIQUE index layout_default btree (tenant_id, object_id) WHERE (role_id IS NULL)
  UNIQUE index layout_role btree (tenant_id, object_id, role_id) WHERE (role_id IS NOT NULL)

objects.link
  tenant_id uuid not null
  field_id text not null
  from_id uuid not null
  to_id uuid not null
  PRIMARY KEY (tenant_id, field_id, from_id, to_id)
  FOREIGN KEY (tenant_id, field_id) REFERENCES objects.field(tenant_id, id)
  index link_to btree (tenant_id, to_id, field_id, from_id)

objects.object
  tenant_id uuid not null
  id uuid not null
  key text not null
  name text not null
  name_en text not null default ''::text
  title_field_id text
  stage_field_id text
  rules jsonb not null default '[]'::jsonb
  archived_at timestamp with time zone
  archive_reason text
  created_at timestamp with time zone not null
  created_by text not null
  PRIMARY KEY (tenant_id, id)
  UNIQUE (tenant_id, key)
  CHECK ((key ~ '^[a-z][a-z0-9_]{0,39}$'::text))

objects.pack_run
  tenant_id uuid not null
  id uuid not null
  pack text not null
  version integer not null
  name text not null
  file text not null
  steps jsonb not null
  applied_at timestamp with time zone not null
  applied_by text not null
  rolled_back_at timestamp with time zone
  rolled_back_by text
  PRIMARY KEY (tenant_id, id)

objects.record
  tenant_id uuid not null
  object_id uuid not null
  id uuid not null
  store_id uuid
  ext jsonb not null default '{}'::jsonb
  version integer not null default 1
  created_at timestamp with time zone not null
  created_by text not null
  updated_at timestamp with time zone not null
  text_1 text
  text_2 text
  text_3 text
  text_4 text
  text_5 text
  text_6 text
  text_7 text
  text_8 text
  number_1 double precision
  number_2 double precision
  number_3 double precision
  number_4 double precision
  number_5 double precision
  number_6 double precision
  time_1 timestamp with time zone
  time_2 timestamp with time zone
  time_3 timestamp with time zone
  time_4 timestamp with time zone
  reference_1 uuid
  reference_2 uuid
  reference_3 uuid
  reference_4 uuid
  terms text[]
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, object_id) REFERENCES objects.object(tenant_id, id)
  FOREIGN KEY (tenant_id, store_id) REFERENCES org.unit(tenant_id, id)
  index record_number_1 btree (tenant_id, object_id, number_1, id) WHERE (number_1 IS NOT NULL)
  index record_number_2 btree (tenant_id, object_id, number_2, id) WHERE (number_2 IS NOT NULL)
  index record_number_3 btree (tenant_id, object_id, number_3, id) WHERE (number_3 IS NOT NULL)
  index record_number_4 btree (tenant_id, object_id, number_4, id) WHERE (number_4 IS NOT NULL)
  index record_number_5 btree (tenant_id, object_id, number_5, id) WHERE (number_5 IS NOT NULL)
  index record_number_6 btree (tenant_id, object_id, number_6, id) WHERE (number_6 IS NOT NULL)
  index record_object btree (tenant_id, object_id, id)
  index record_reference_1 btree (tenant_id, object_id, reference_1, id) WHERE (reference_1 IS NOT NULL)
  index record_reference_2 btree (tenant_id, object_id, reference_2, id) WHERE (reference_2 IS NOT NULL)
  index record_reference_3 btree (tenant_id, object_id, reference_3, id) WHERE (reference_3 IS NOT NULL)
  index record_reference_4 btree (tenant_id, object_id, reference_4, id) WHERE (reference_4 IS NOT NULL)
  index record_terms gin (terms) WHERE (terms IS NOT NULL)
  index record_text_1 btree (tenant_id, object_id, text_1, id) WHERE (text_1 IS NOT NULL)
  index record_text_2 btree (tenant_id, object_id, text_2, id) WHERE (text_2 IS NOT NULL)
  index record_text_3 btree (tenant_id, object_id, text_3, id) WHERE (text_3 IS NOT NULL)
  index record_text_4 btree (tenant_id, object_id, text_4, id) WHERE (text_4 IS NOT NULL)
  index record_text_5 btree (tenant_id, object_id, text_5, id) WHERE (text_5 IS NOT NULL)
  index record_text_6 btree (tenant_id, object_id, text_6, id) WHERE (text_6 IS NOT NULL)
  index record_text_7 btree (tenant_id, object_id, text_7, id) WHERE (text_7 IS NOT NULL)
  index record_text_8 btree (tenant_id, object_id, text_8, id) WHERE (text_8 IS NOT NULL)
  index record_time_1 btree (tenant_id, object_id, time_1, id) WHERE (time_1 IS NOT NULL)
  index record_time_2 btree (tenant_id, object_id, time_2, id) WHERE (time_2 IS NOT NULL)
  index record_time_3 btree (tenant_id, object_id, time_3, id) WHERE (time_3 IS NOT NULL)
  index record_time_4 btree (tenant_id, object_id, time_4, id) WHERE (time_4 IS NOT NULL)

objects.record_term
  tenant_id uuid
  id uuid
  terms text[]

objects.saved_view
  tenant_id uuid not null
  id uuid not null
  object_id uuid not null
  staff_id uuid
  name text not null
  is_shared boolean not null default false
  definition jsonb not null
  created_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, object_id) REFERENCES objects.object(tenant_id, id)
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)
  index saved_view_object btree (tenant_id, object_id)

objects.unique_value
  tenant_id uuid not null
  field_id text not null
  value text not null
  record_id uuid not null
  PRIMARY KEY (tenant_id, field_id, value)
  FOREIGN KEY (tenant_id, field_id) REFERENCES objects.field(tenant_id, id)
  index unique_value_record btree (tenant_id, record_id)
