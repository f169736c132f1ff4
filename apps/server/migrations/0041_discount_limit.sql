-- Discounts by hand have limits now. The roles that every tenant starts with get theirs; those that a tenant made itself give none until it
-- says so. Keys of tills that gave discounts so far go on: their own till asks its staff.
update org.role set permissions = permissions || '{discounts.10,discounts.30,discounts.any}' where is_builtin and name = '管理员';
update org.role set permissions = permissions || '{discounts.30}' where is_builtin and name in ('店长', '区域经理');
update org.role set permissions = permissions || '{discounts.10}' where is_builtin and name = '收银员';
update org.api_key set scopes = scopes || '{discounts:write}' where 'orders:write' = any(scopes);
