import { uuidList } from "../../kernel/db/array.ts";
import type { Scope } from "../../kernel/scope.ts";

/** Where values of the tenant's own fields are found by. */
const EMPTY_SLOTS = ([["text", 8], ["number", 6], ["time", 4], ["reference", 4]] as const)
  .flatMap(([kind, count]) => Array.from({ length: count }, (_, at) => `${kind}_${at + 1} = null`)).join(", ");

/**
 * Takes everything out of members' rows. The rows stay, closed, because ids in the log and in figures lead to them; deleting one asks
 * every table that could refer to it, which takes ten times as long.
 */
export const hollowMembers = ({ tx, tenantId, now }: Scope, ids: readonly string[]): Promise<unknown> => tx.rows(
  `update customers.member set name = '', name_pinyin = '', name_initials = '', grams = '{}', gender = 'unknown', birth_calendar = null, birth_year = null, birth_month = null,
          birth_day = null, birth_leap = false, birthday_edited_at = null, phone_sealed = null, phone_last4 = null, preferences = '{}', ext = '{}', terms = null, ${EMPTY_SLOTS},
          member_no = 'gone-' || id::text, state = case when merged_into is null then 'closed' else state end, updated_at = $3
    where tenant_id = $1 and id = any($2::uuid[])`, [tenantId, uuidList(ids), now]);
