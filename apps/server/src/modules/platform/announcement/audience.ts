/**
 * Whether somebody (`s`, of `org.staff`) is in the audience of an announcement (`a`): has one of its roles at or below one of its
 * units. `$1` is the tenant.
 */
export const IN_AUDIENCE =
  `((a.role_ids = '{}' and a.unit_ids = '{}') or exists (select 1 from org.staff_role h join org.unit u on u.tenant_id = $1 and u.id = h.unit_id
    where h.tenant_id = $1 and h.staff_id = s.id and (a.role_ids = '{}' or h.role_id = any(a.role_ids))
      and (a.unit_ids = '{}' or exists (select 1 from org.unit p where p.tenant_id = $1 and p.id = any(a.unit_ids) and starts_with(u.path, p.path)))))`;
