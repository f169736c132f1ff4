-- Who may merge members and look through duplicates: administrators and customer service, as in tenants founded from now on.
update org.role set permissions = permissions || '{members.merge}' where is_builtin and name in ('管理员', '客服') and not 'members.merge' = any(permissions);
