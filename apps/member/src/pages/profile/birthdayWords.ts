import type { Birthday } from '../../api/member.ts';
import type { Dictionary } from '../../locale/zh.ts';

const SOLAR_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const LUNAR_DAYS = 30;

/** 29 February stays possible: without a year nobody can say that it is wrong. */
export function daysInMonth(birthday: Pick<Birthday, 'calendar' | 'month' | 'year'>): number {
  if (birthday.calendar === 'lunar') return LUNAR_DAYS;
  const { month, year } = birthday;
  if (month === 2 && year && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))) return 28;
  return SOLAR_DAYS[month - 1] ?? 31;
}

export function monthWords(calendar: Birthday['calendar'], month: number, text: Dictionary): string {
  return calendar === 'lunar' ? text.lunarMonths[month - 1] ?? String(month) : text.month(month);
}

export function dayWords(calendar: Birthday['calendar'], day: number, text: Dictionary): string {
  return calendar === 'lunar' ? text.lunarDay(day) : text.day(day);
}

export function birthdayWords(birthday: Birthday, text: Dictionary): string {
  const { calendar, year, month, day, leap } = birthday;
  const leapMark = calendar === 'lunar' && leap ? text.profile.leapMark : '';
  const yearWords = year ? `${year}${text.profile.year || ','} ` : '';
  return `${text.profile[calendar]} ${yearWords}${leapMark}${monthWords(calendar, month, text)} ${dayWords(calendar, day, text)}`;
}
