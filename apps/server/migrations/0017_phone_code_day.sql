-- How many codes a phone was sent on a day: one a minute alone would still be fourteen hundred a day to somebody who asked for none.
alter table customers.phone_code add column sent_on date;
alter table customers.phone_code add column sent_count integer not null default 0;
