/** The wall clock of a shop: "14:05". */
export function timeOf(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** The instant at which a shop's calendar and clock show this. Off by the hour of a change of clocks only inside that hour. */
export function instantOf(day: string, clock: string, timeZone: string): Date {
  const guess = new Date(`${day}T${clock === "24:00" ? "23:59" : clock}:00Z`);
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
  const shown = new Date(`${format.format(guess).replace(" ", "T")}Z`);
  return new Date(guess.getTime() - (shown.getTime() - guess.getTime()));
}
