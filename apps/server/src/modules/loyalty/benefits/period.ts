import { addMonths, startOfDay, type Day } from "../../../kernel/days.ts";

export interface Term {
  period: string;
  from: Date;
  until: Date | null;
}

/** The month, quarter or year that a day lies in: its name and its bounds. */
export function termOf(kind: "month" | "quarter" | "year" | "always", day: Day, zone: string): Term {
  const [year = 0, month = 1] = day.split("-").map(Number);
  const span = (name: string, first: number, months: number): Term => {
    const start: Day = `${day.slice(0, 4)}-${String(first).padStart(2, "0")}-01`;
    return { period: name, from: startOfDay(start, zone), until: startOfDay(addMonths(start, months), zone) };
  };
  switch (kind) {
    case "month": return span(day.slice(0, 7), month, 1);
    case "quarter": return span(`${year}-Q${Math.ceil(month / 3)}`, Math.ceil(month / 3) * 3 - 2, 3);
    case "year": return span(String(year), 1, 12);
    case "always": return { period: "always", from: startOfDay(day, zone), until: null };
  }
}
