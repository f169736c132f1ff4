import { useTranslation } from "react-i18next";
import { useTimeZone } from "../shell/session.ts";

/** Dates as the brand's shops see them: in the tenant's zone, whatever the browser's. */
export function useClock() {
  const { i18n } = useTranslation();
  const timeZone = useTimeZone();
  const language = i18n.language;
  return {
    instant: (at: string | null | undefined) => (at ? instantText(at, language, timeZone) : "—"),
    day: (at: string | null | undefined) => (at ? dayText(at, language, timeZone) : "—"),
    /** Of what ends at an instant: midnight belongs to the day before. */
    lastDay: (end: string | null | undefined) => (end ? dayText(new Date(Date.parse(end) - 1).toISOString(), language, timeZone) : "—"),
    today: () => dayOf(new Date(), timeZone),
    daysAgo: (days: number) => dayOf(new Date(Date.now() - days * 86_400_000), timeZone),
  };
}

function instantText(at: string, language: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat(language, { timeZone, dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  return format.format(new Date(at));
}

/** A calendar day ("2026-11-21") has no zone; an instant is shown as the day it was in the shop. */
function dayText(at: string, language: string, timeZone: string): string {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(at);
  const format = new Intl.DateTimeFormat(language, { timeZone: isDay ? "UTC" : timeZone, dateStyle: "medium" });
  return format.format(new Date(at));
}

export function dayOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}
