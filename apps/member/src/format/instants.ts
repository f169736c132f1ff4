const pad = (part: number) => String(part).padStart(2, '0');

/** "2026-11-21T10:05:00Z" → "2026-11-21 18:05" on the guest's own clock. */
export function formatInstant(at: string): string {
  const when = new Date(at);
  if (Number.isNaN(when.getTime())) return at;
  return `${formatDayOf(when)} ${pad(when.getHours())}:${pad(when.getMinutes())}`;
}

/** Takes an instant or a calendar day; a day is shown as it is, never shifted by a zone. */
export function formatDay(value: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  const when = new Date(value);
  return Number.isNaN(when.getTime()) ? value : formatDayOf(when);
}

/** The last good day of something that ends at an instant: midnight belongs to the day before. */
export function formatLastDay(value: string): string {
  const end = new Date(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(end.getTime())) return formatDay(value);
  return formatDayOf(new Date(end.getTime() - 1));
}

export function daysUntil(value: string, now: Date): number {
  const end = new Date(/^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value}T23:59:59` : value);
  return Math.ceil((end.getTime() - now.getTime()) / 86_400_000);
}

function formatDayOf(when: Date): string {
  return `${when.getFullYear()}-${pad(when.getMonth() + 1)}-${pad(when.getDate())}`;
}
