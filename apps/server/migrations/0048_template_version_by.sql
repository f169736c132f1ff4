-- Who made a version of a coupon template, as versions of offers say it. Null: before this was kept.
alter table promotions.coupon_template_version add column by_actor text;
