-- Whoever asks when a member was last here, merges two of them, takes an import back or forgets a member, asks these by member.
create index session_member on customers.session (tenant_id, member_id, created_at desc);
create index message_member on customers.message (tenant_id, member_id) where member_id is not null;
