-- How many rows are kept aside before they are merged into the index over grams is for who writes to say: connections say 256 kB (`kernel/db/connection.ts`),
-- which a search reads through in no time, a batch of hundreds 2 MB, with which it writes a third less. A limit at the index would outweigh both.
alter index customers.member_grams reset (gin_pending_list_limit);
