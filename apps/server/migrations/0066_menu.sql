-- Which pages the console's menu offers to whoever has a role, in groups and in which order; null: all that they may open, as the console has them.
-- [{ name, nameEn, entries: [{ page, object, name, nameEn }] }]
alter table org.role add column menu jsonb;
