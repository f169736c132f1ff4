-- Of what a new member cost Postgres, half went into grams and a third into identities.

-- Grams are compared letter by letter some hundred times a member. In the database's own collation each comparison looks the collation up and
-- copies both texts; byte order finds the same rows. The rows stay as they are, only the index is built again.
drop view customers.member_gram;
alter table customers.member alter column grams type text[] collate "C";
create view customers.member_gram as
  select tenant_id, id, grams, state, joined_at, home_store_id, name, name_pinyin, name_initials from customers.member
   where tenant_id = (select kernel.current_tenant());
grant select on customers.member_gram to shuke_app;

-- An identity is found by its digest, which says its kind already, or among its member's, never by its id alone: two indexes instead of three.
-- That the member exists cost more than all else about it; `npm run prove` checks it (docs/adr/0009).
alter table customers.identity drop constraint identity_tenant_id_member_id_fkey;
alter table customers.identity drop constraint identity_pkey;
alter table customers.identity drop constraint identity_tenant_id_kind_digest_key;
alter table customers.identity add primary key (tenant_id, digest);
