/** What a date is worked out from, as SQL: a holding as it is to be, its pool `p`, its record `r`, whose stage is the object's (`o`) stage field. */
interface Due {
  owner: string;
  since: string;
  touched: string;
  extended: string;
}

export const isWon = "coalesce((r.ext ->> o.stage_field_id) = any(p.won_stages), false)";

/** Hours, so that no zone has a say. A rule that is null gives null, which `least` leaves out. */
const days = (number: string): string => `${number} * interval '24 hours'`;
export const idleUntil = (touched: string): string => `${touched} + ${days("p.idle_days")}`;
export const winUntil = (since: string): string => `${since} + ${days("p.win_days")}`;

/** When a holding falls back into the public sea: the one expression by which it is written, worked out anew and tried out. */
export const dueAt = ({ owner, since, touched, extended }: Due): string =>
  `case when ${owner} is null or ${isWon} then null else least(${idleUntil(touched)}, ${winUntil(since)}) + ${days(`${extended} * p.extension_days`)} end`;
