-- Which columns somebody took along, in the order of the file; null: all of them. The latest of a list is what its next export begins with.
alter table platform.export_run add column columns text[];
