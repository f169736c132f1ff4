-- Prepaid money on its way back waits as everything else does: a request with the withdrawal's id. A member asks too, so whoever asked is not always staff.
alter table platform.approval_request drop constraint approval_request_tenant_id_asked_by_fkey;
alter table platform.approval_request add column is_members boolean not null default false;

-- Those that wait. The sweep finds who decides: whoever could do it without asking.
insert into platform.approval_request (tenant_id, id, kind, payload, amount, is_above_limit, unit_id, reason, steps, asked_by, is_members, asked_at)
select w.tenant_id, w.id, 'withdrawal', jsonb_build_object('withdrawalId', w.id, 'memberId', w.member_id), w.refund_fen, true,
       coalesce(w.store_id, (select u.id from org.unit u where u.tenant_id = w.tenant_id and u.kind = 'headquarters')), w.reason,
       '[{"name": "退还审批", "who": {"kind": "able"}, "mode": "any", "when": {"isAboveLimit": true}}]',
       case when w.asked_by like 'staff:%' then substr(w.asked_by, 7)::uuid else w.member_id end, w.asked_by not like 'staff:%', w.asked_at
  from payments.withdrawal w where w.state = 'waiting';
insert into platform.approval_event (tenant_id, id, request_id, at, actor, what, step_no)
select w.tenant_id, gen_random_uuid(), w.id, w.asked_at, w.asked_by, 'asked', 0 from payments.withdrawal w where w.state = 'waiting';
