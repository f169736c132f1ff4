-- Whoever lost a record last was kept with it, so that another owner in between ended everybody else's cooling down. Its history knows all of them.
alter table sales.holding drop column lost_by, drop column lost_at;
