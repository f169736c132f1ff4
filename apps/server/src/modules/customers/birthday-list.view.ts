import { lunarOf } from "@shuke/offers";
import { addDays, type Day } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";
import { nextBirthdayOn } from "./birthday.ts";
import { birthdayOf, type BirthdayColumns } from "./member.row.ts";

export interface Celebration {
  memberId: string;
  on: Day;
  /** Of the birthday's own calendar: a lunar year has one birthday, a solar one may hold two or none of them. */
  year: number;
}

/**
 * Active members who celebrate between two days, a page by id. The statement finds whose month and day may fall there, ICU decides:
 * leap months, short months and 29 February fall on other days in other years.
 */
export async function listCelebrations(scope: Scope, { from, until, after, limit }: { from: Day; until: Day; after: string | undefined; limit: number }) {
  const solar: string[] = [];
  const lunar: string[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) {
    solar.push(`${Number(day.slice(5, 7))}-${Number(day.slice(8))}`);
    const moon = lunarOf(day);
    lunar.push(`${moon.month}-${moon.day}`);
  }
  const rows = await scope.tx.rows<BirthdayColumns & { id: string }>(
    `select id, birth_calendar, birth_year, birth_month, birth_day, birth_leap from customers.member
      where tenant_id = $1 and state = 'active' and birth_month is not null and ($2::uuid is null or id > $2)
        and (birth_month || '-' || birth_day = any(case birth_calendar when 'solar' then $3::text[] else $4::text[] end)
             or birth_day >= 29 and (birth_calendar = 'lunar' or birth_month = 2))
      order by id limit $5`, [scope.tenantId, after ?? null, solar, lunar, limit]);
  const celebrations = rows.flatMap((row): Celebration[] => {
    const birthday = birthdayOf(row);
    const on = birthday && nextBirthdayOn(birthday, from);
    return birthday && on && on <= until ? [{ memberId: row.id, on, year: birthday.calendar === "lunar" ? lunarOf(on).year : Number(on.slice(0, 4)) }] : [];
  });
  return { celebrations, next: rows.length === limit ? rows.at(-1)?.id : undefined };
}
