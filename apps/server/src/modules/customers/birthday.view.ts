import { addDays, addMonths, monthOf, weekdayOf, type Day } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";
import { nextBirthdayOn } from "./birthday.ts";
import { birthdayOf, type BirthdayColumns } from "./member.row.ts";

export type BirthdayWindow = "day" | "week" | "month";

/** Which windows of their birthdays are open for these members: the day, the week from Monday, the calendar month that it falls in. */
export async function openBirthdayWindows(scope: Scope, memberIds: readonly string[], today: Day): Promise<Map<string, BirthdayWindow[]>> {
  const rows = await scope.tx.rows<BirthdayColumns & { id: string }>(
    `select id, birth_calendar, birth_year, birth_month, birth_day, birth_leap from customers.member
      where tenant_id = $1 and id = any($2::uuid[]) and birth_month is not null`, [scope.tenantId, memberIds]);
  const monday = addDays(today, -((weekdayOf(today) + 6) % 7));
  const first = `${monthOf(today)}-01`;
  return new Map(rows.map((row) => {
    const birthday = birthdayOf(row);
    if (!birthday) return [row.id, []];
    const isIn = (from: Day, until: Day) => nextBirthdayOn(birthday, from) < until;
    return [row.id, [
      ...(isIn(today, addDays(today, 1)) ? ["day" as const] : []), ...(isIn(monday, addDays(monday, 7)) ? ["week" as const] : []),
      ...(isIn(first, addMonths(first, 1)) ? ["month" as const] : []),
    ]];
  }));
}
