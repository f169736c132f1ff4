-- sales: generated from the catalogue by `npm run generate`. Do not edit.

sales.holding
  tenant_id uuid not null
  record_id uuid not null
  pool_id uuid not null
  owner_id uuid
  since timestamp with time zone not null
  touched_at timestamp with time zone not null
  due_at timestamp with time zone
  extended integer not null default 0
  warned_due_at timestamp with time zone
  entries integer not null default 1
  PRIMARY KEY (tenant_id, record_id)
  FOREIGN KEY (tenant_id, owner_id) REFERENCES org.staff(tenant_id, id)
  FOREIGN KEY (tenant_id, pool_id) REFERENCES sales.pool(tenant_id, id) ON DELETE CASCADE
  CHECK (((due_at IS NULL) OR (owner_id IS NOT NULL)))
  index holding_due btree (tenant_id, pool_id, due_at, record_id) WHERE (due_at IS NOT NULL)
  index holding_owner btree (tenant_id, pool_id, owner_id, record_id)
  index holding_public btree (tenant_id, pool_id, since, record_id) WHERE (owner_id IS NULL)

sales.holding_entry
  tenant_id uuid not null
  record_id uuid not null
  no integer not null
  pool_id uuid not null
  kind text not null
  from_owner uuid
  to_owner uuid
  reason text
  at timestamp with time zone not null
  actor text not null
  PRIMARY KEY (tenant_id, record_id, no)
  FOREIGN KEY (tenant_id, pool_id) REFERENCES sales.pool(tenant_id, id) ON DELETE CASCADE
  CHECK ((kind = ANY (ARRAY['join'::text, 'claim'::text, 'assign'::text, 'transfer'::text, 'return'::text, 'recycle'::text, 'extend'::text, 'move'::text, 'leave'::text])))

sales.pool
  tenant_id uuid not null
  id uuid not null
  object_id uuid not null
  name text not null
  name_en text not null default ''::text
  capacity integer
  claims_per_day integer
  idle_days integer
  win_days integer
  won_stages text[] not null default '{}'::text[]
  cool_down_days integer not null default 0
  extensions integer not null default 0
  extension_days integer not null default 0
  is_default boolean not null default false
  archived_at timestamp with time zone
  created_at timestamp with time zone not null
  created_by text not null
  updated_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, object_id) REFERENCES objects.object(tenant_id, id) ON DELETE CASCADE
  CHECK ((capacity > 0))
  CHECK ((claims_per_day > 0))
  CHECK ((cool_down_days >= 0))
  CHECK ((extension_days >= 0))
  CHECK ((extensions >= 0))
  CHECK ((idle_days > 0))
  CHECK ((win_days > 0))
  UNIQUE index pool_default btree (tenant_id, object_id) WHERE (is_default AND (archived_at IS NULL))
  UNIQUE index pool_name btree (tenant_id, object_id, name) WHERE (archived_at IS NULL)

sales.seat
  tenant_id uuid not null
  pool_id uuid not null
  staff_id uuid not null
  held integer not null default 0
  claimed_on date
  claimed integer not null default 0
  PRIMARY KEY (tenant_id, pool_id, staff_id)
  FOREIGN KEY (tenant_id, pool_id) REFERENCES sales.pool(tenant_id, id) ON DELETE CASCADE
  FOREIGN KEY (tenant_id, staff_id) REFERENCES org.staff(tenant_id, id)
  CHECK ((claimed >= 0))
  CHECK ((held >= 0))

sales.walk
  tenant_id uuid not null
  id uuid not null
  pool_id uuid not null
  purpose text not null
  to_pool_id uuid
  state text not null default 'running'::text
  cursor_id uuid not null
  looked integer not null default 0
  total integer not null default 0
  created_at timestamp with time zone not null
  created_by text not null
  moved_at timestamp with time zone not null
  PRIMARY KEY (tenant_id, id)
  FOREIGN KEY (tenant_id, pool_id) REFERENCES sales.pool(tenant_id, id) ON DELETE CASCADE
  CHECK ((purpose = ANY (ARRAY['fill'::text, 'dues'::text, 'empty'::text])))
  CHECK ((state = ANY (ARRAY['running'::text, 'done'::text])))
  UNIQUE index walk_running btree (tenant_id, pool_id, purpose) WHERE (state = 'running'::text)
