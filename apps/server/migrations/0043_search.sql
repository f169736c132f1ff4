-- Pairs of letters found every second name: a spelling among a million members took 400 ms, initials 121. Grams now hold the
-- beginnings of a name's spelling. A new column instead of an update: rewriting a million rows would keep a server from
-- starting for minutes. Members without grams are spelled again by a schedule; the partial index is what is left to do.
drop view customers.member_gram;
alter table customers.member drop column grams;
alter table customers.member add column grams text[];
-- What was written lately is read one by one at each search until it is merged: 4 MB of it, the default, took longer than the search.
create index member_grams on customers.member using gin (grams) with (gin_pending_list_limit = 256);
create index member_unspelled on customers.member (tenant_id, id) where grams is null;

create view customers.member_gram as
  select tenant_id, id, grams, state, joined_at, home_store_id, name, name_pinyin, name_initials from customers.member
   where tenant_id = (select kernel.current_tenant());
grant select on customers.member_gram to shuke_app;
