-- Approvals: who must agree before something is done. One mechanism for every kind of wish; points had one of their own until now.
create table platform.approval_chain (
  tenant_id uuid not null,
  kind text not null,
  -- checked at the door (kernel/approval.ts)
  steps jsonb not null check (jsonb_typeof(steps) = 'array'),
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (tenant_id, kind)
);
select kernel.declare_table('platform.approval_chain', 'tenant');

create table platform.approval_request (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  -- ids and choices; what tells who a member is is read at its source
  payload jsonb not null,
  -- what conditions count: points, fen, rows, changes
  amount bigint not null check (amount >= 0),
  is_above_limit boolean not null default false,
  unit_id uuid not null,
  reason text not null,
  -- the steps that apply, as they were when it was asked
  steps jsonb not null check (jsonb_array_length(steps) > 0),
  step_no integer not null default 0 check (step_no >= 0 and step_no < jsonb_array_length(steps)),
  -- how often the open step has been escalated
  round integer not null default 0,
  due_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'withdrawn')),
  -- why carrying it out failed last
  problem jsonb,
  asked_by uuid not null,
  asked_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'waiting') = (ended_at is null)),
  primary key (tenant_id, id),
  unique (tenant_id, id, asked_by),
  foreign key (tenant_id, asked_by) references org.staff (tenant_id, id),
  foreign key (tenant_id, unit_id) references org.unit (tenant_id, id)
);
select kernel.declare_table('platform.approval_request', 'tenant');
create index approval_request_state on platform.approval_request (tenant_id, state, id desc);
create index approval_request_asker on platform.approval_request (tenant_id, asked_by, id desc);

-- Who decides at a step. One row a person, so nobody decides a step twice; never the asker.
create table platform.approval_seat (
  tenant_id uuid not null,
  request_id uuid not null,
  step_no integer not null,
  staff_id uuid not null,
  asked_by uuid not null,
  -- the order of a serial step
  turn integer not null,
  state text not null check (state in ('queued', 'waiting', 'approved', 'rejected', 'handed', 'passed')),
  -- whose decision it is, where a colleague handed it over
  for_staff_id uuid,
  -- the same person, or their deputy
  decided_by uuid,
  decided_at timestamptz,
  comment text,
  check (staff_id <> asked_by),
  check (decided_by is distinct from asked_by),
  check ((state in ('approved', 'rejected')) = (decided_by is not null)),
  check ((decided_by is null) = (decided_at is null)),
  primary key (tenant_id, request_id, step_no, staff_id),
  unique (tenant_id, request_id, step_no, decided_by),
  foreign key (tenant_id, request_id, asked_by) references platform.approval_request (tenant_id, id, asked_by),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id),
  foreign key (tenant_id, decided_by) references org.staff (tenant_id, id)
);
select kernel.declare_table('platform.approval_seat', 'tenant');
create index approval_seat_person on platform.approval_seat (tenant_id, staff_id, state);
create index approval_seat_decider on platform.approval_seat (tenant_id, decided_by, decided_at desc) where decided_by is not null;

-- What happened to a request: written once, never changed.
create table platform.approval_event (
  tenant_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  at timestamptz not null,
  actor text not null,
  what text not null check (what in ('asked', 'approved', 'rejected', 'delegated', 'escalated', 'fell-back', 'not-carried-out', 'carried-out', 'withdrawn')),
  step_no integer not null,
  comment text,
  -- whom it went to, for whom it was decided, what stood in the way
  details jsonb not null default '{}',
  primary key (tenant_id, id),
  foreign key (tenant_id, request_id) references platform.approval_request (tenant_id, id)
);
select kernel.declare_table('platform.approval_event', 'tenant', true);
create index approval_event_request on platform.approval_event (tenant_id, request_id, id);

-- Who decides for somebody who is away.
create table platform.approval_deputy (
  tenant_id uuid not null,
  id uuid not null,
  staff_id uuid not null,
  deputy_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  note text,
  created_at timestamptz not null,
  check (staff_id <> deputy_id),
  check (from_at < until_at),
  primary key (tenant_id, id),
  foreign key (tenant_id, staff_id) references org.staff (tenant_id, id),
  foreign key (tenant_id, deputy_id) references org.staff (tenant_id, id)
);
select kernel.declare_table('platform.approval_deputy', 'tenant');
create index approval_deputy_of on platform.approval_deputy (tenant_id, deputy_id, until_at);
create index approval_deputy_for on platform.approval_deputy (tenant_id, staff_id, until_at);

-- What waits for somebody, beside approvals: their own tasks, and what other modules put here.
create table platform.todo (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  -- what it is about: put again, it is the same one while it is open
  key text not null,
  -- staff:… or may:<permission>
  whose text not null check (whose ~ '^(staff|may):'),
  zh text not null,
  en text not null,
  note text,
  link text check (link ~ '^/'),
  count integer check (count > 0),
  due_at timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  done_by text,
  done_at timestamptz,
  check ((done_by is null) = (done_at is null)),
  primary key (tenant_id, id)
);
select kernel.declare_table('platform.todo', 'tenant');
create unique index todo_open on platform.todo (tenant_id, kind, key, whose) where done_at is null;
create index todo_whose on platform.todo (tenant_id, whose, done_at);

-- What waited and was decided of points. Seats of those that wait are found by the sweep: they go to whoever could do it alone.
insert into platform.approval_request (tenant_id, id, kind, payload, amount, is_above_limit, unit_id, reason, steps, state, asked_by, asked_at, ended_at)
select r.tenant_id, r.id, 'points', jsonb_build_object('memberId', r.member_id, 'points', r.points), abs(r.points), true,
       (select u.id from org.unit u where u.tenant_id = r.tenant_id and u.kind = 'headquarters'), r.reason,
       '[{"name": "超出本人上限", "who": {"kind": "able"}, "mode": "any", "when": {"isAboveLimit": true}}]', r.state, substr(r.asked_by, 7)::uuid, r.asked_at, r.decided_at
  from loyalty.points_request r where r.asked_by like 'staff:%';
insert into platform.approval_seat (tenant_id, request_id, step_no, staff_id, asked_by, turn, state, decided_by, decided_at, comment)
select tenant_id, id, 0, substr(decided_by, 7)::uuid, substr(asked_by, 7)::uuid, 0, state, substr(decided_by, 7)::uuid, decided_at, decision_reason
  from loyalty.points_request where asked_by like 'staff:%' and decided_by like 'staff:%';
insert into platform.approval_event (tenant_id, id, request_id, at, actor, what, step_no, comment)
select tenant_id, gen_random_uuid(), id, asked_at, asked_by, 'asked', 0, null from loyalty.points_request where asked_by like 'staff:%'
union all
select tenant_id, gen_random_uuid(), id, decided_at, decided_by, state, 0, decision_reason from loyalty.points_request where asked_by like 'staff:%' and decided_by is not null;
delete from kernel.declared_table where name = 'loyalty.points_request';
drop table loyalty.points_request;

-- Who sets chains up and sees every request: administrators, as in tenants founded from now on.
update org.role set permissions = permissions || '{approvals.manage}' where is_builtin and name = '管理员' and not 'approvals.manage' = any(permissions);
