-- Which of several options are chosen, and what a text contains, found through one index a table: the terms of a row are the chosen options and the
-- single characters and pairs of those texts that somebody made searchable, each behind its field's id. Who has none is not in the index.
create function objects.terms(ext jsonb, fields text[]) returns text[] language sql immutable parallel safe as $$
  select array_agg(distinct f.id || ':' || t.term)
    from unnest(fields) as f (id)
   cross join lateral (
     select o.term from jsonb_array_elements_text(case when jsonb_typeof(ext -> f.id) = 'array' then ext -> f.id else '[]' end) as o (term)
     union all
     select substr(s.text, at, size)
       from (select lower(normalize(ext ->> f.id, nfkc)) as text where jsonb_typeof(ext -> f.id) = 'string') as s
      cross join lateral generate_series(1, length(s.text)) as at cross join generate_series(1, 2) as size
      where at + size <= length(s.text) + 1) as t
$$;

alter table objects.field add column is_listed boolean not null default false;
alter table objects.field add column is_list_ready boolean not null default false;
alter table objects.fill drop constraint fill_purpose_check;
alter table objects.fill add constraint fill_purpose_check check (purpose in ('slot', 'unique', 'terms'));

alter table objects.record add column terms text[] collate "C";
alter table customers.member add column terms text[] collate "C";
alter table commerce.product add column terms text[] collate "C";
alter table commerce.order_custom add column terms text[] collate "C";
create index record_terms on objects.record using gin (terms) where terms is not null;
create index member_terms on customers.member using gin (terms) where terms is not null;
create index product_terms on commerce.product using gin (terms) where terms is not null;
create index order_custom_terms on commerce.order_custom using gin (terms) where terms is not null;

-- Behind the fence no such index can be used: views of the owner, which name the tenant themselves, as for the grams of members.
create view objects.record_term as select tenant_id, id, terms from objects.record where tenant_id = (select kernel.current_tenant());
create view customers.member_term as select tenant_id, id, terms from customers.member where tenant_id = (select kernel.current_tenant());
create view commerce.product_term as select tenant_id, id, terms from commerce.product where tenant_id = (select kernel.current_tenant());
create view commerce.order_custom_term as select tenant_id, id, terms from commerce.order_custom where tenant_id = (select kernel.current_tenant());
grant select on objects.record_term, customers.member_term, commerce.product_term, commerce.order_custom_term to shuke_app;
