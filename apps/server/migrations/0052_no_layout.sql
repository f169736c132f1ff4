-- Layouts are not kept yet: a record shows its fields in their order. A table that nobody reads misleads.
drop table objects.layout;
delete from kernel.declared_table where name = 'objects.layout';
