-- A server says it is ready when every migration it brings along has been applied: it may look which have.
grant select on kernel.migration to shuke_app;

-- What happens once in an installation's life, such as the story that the first start tells.
create table kernel.milestone (
  name text primary key,
  at timestamptz not null
);
select kernel.declare_table('kernel.milestone', 'system', true);
