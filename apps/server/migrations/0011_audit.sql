-- Every module notes what it changed, also those that may not use `platform`: the table moves to the kernel, which writes it.
-- `platform` goes on reading it. Policies and grants (select and insert only) move along.
alter table platform.audit_entry set schema kernel;
update kernel.declared_table set name = 'kernel.audit_entry' where name = 'platform.audit_entry';
