import { bigints, texts, uuids } from "../../kernel/db/array.ts";
import { dayOf, type Day } from "../../kernel/days.ts";
import type { Points } from "../../kernel/money.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Program } from "./program.ts";

/** Whose counter a budget is. */
export const EVERYBODY = "00000000-0000-0000-0000-000000000000";
const EVER = "all";
const PROGRAM = "program";

interface Counter {
  counted: string;
  holderId: string;
  period: string;
  used: Points;
  isTouched: boolean;
}

const keyOf = (counted: string, holderId: string, period: string): string => `${counted}/${holderId}/${period}`;

/** Whether anything has to be counted. Mostly not, and then nobody reads or writes a counter. */
export const isCounted = (program: Program): boolean => program.counted.length > 0 || program.maxPerDay !== null;

/**
 * What the caps of earn rules have used up, for the members of a batch. A member's row is the lock of the member's counters; a
 * budget's row is locked here, last of all locks, so that two batches cannot spend the same rest.
 */
export class Counters {
  readonly #scope: Scope;
  readonly #program: Program;
  readonly #today: string;
  readonly #counters = new Map<string, Counter>();

  private constructor(scope: Scope, program: Program) {
    this.#scope = scope;
    this.#program = program;
    this.#today = dayOf(scope.now, scope.zone);
  }

  /** The members are locked already. `days` are those of the orders; of a till's that is today. */
  static async open(scope: Scope, program: Program, memberIds: readonly string[], days?: readonly Day[]): Promise<Counters> {
    const counters = new Counters(scope, program);
    if (!isCounted(program) || memberIds.length === 0) return counters;
    const { tx, tenantId } = scope;
    // A row that is not there cannot be locked.
    const budgets = program.counted.filter((rule) => rule.caps.budget !== null).map((rule) => rule.id).toSorted();
    if (budgets.length > 0) {
      await tx.rows(
        `insert into loyalty.points_counter (tenant_id, counted, holder_id, period) select $1, counted, $3, $4 from unnest($2::text[]) as v(counted)
         on conflict do nothing`, [tenantId, budgets, EVERYBODY, EVER]);
    }
    await counters.#read(memberIds, days ?? [counters.#today], "for update");
    return counters;
  }

  /** For a price that is only shown: nothing is locked, nothing may be counted. */
  static async look(scope: Scope, program: Program, memberId: string): Promise<Counters> {
    const counters = new Counters(scope, program);
    if (isCounted(program)) await counters.#read([memberId], [counters.#today], "");
    return counters;
  }

  async #read(memberIds: readonly string[], days: readonly Day[], lock: "for update" | ""): Promise<void> {
    const rows = await this.#scope.tx.rows<{ counted: string; holder_id: string; period: string; used: number }>(
      `select counted, holder_id, period, used from loyalty.points_counter
        where tenant_id = $1 and counted = any($2::text[]) and holder_id = any($3::uuid[]) and period = any($4::text[])
        order by counted, holder_id, period ${lock}`,
      [this.#scope.tenantId, [...this.#program.counted.map((rule) => rule.id), PROGRAM], [EVERYBODY, ...memberIds], [EVER, ...days]]);
    for (const row of rows) {
      this.#counters.set(keyOf(row.counted, row.holder_id, row.period), { counted: row.counted, holderId: row.holder_id, period: row.period, used: row.used, isTouched: false });
    }
  }

  /** What the engine may still give to a member; nothing where nothing is counted. */
  left(memberId: string, day: Day = this.#today): { program?: Points; rules?: Record<string, Points> } | undefined {
    if (!isCounted(this.#program)) return undefined;
    const rest = (counted: string, holderId: string, period: string, cap: Points | null): Points =>
      cap === null ? Infinity : Math.max(0, cap - (this.#counters.get(keyOf(counted, holderId, period))?.used ?? 0));
    const rules = Object.fromEntries(this.#program.counted.map(({ id, caps }): [string, Points] => [id, Math.min(
      rest(id, memberId, day, caps.perDay), rest(id, memberId, EVER, caps.perMember), rest(id, EVERYBODY, EVER, caps.budget))]));
    return { rules, ...(this.#program.maxPerDay === null ? {} : { program: rest(PROGRAM, memberId, day, this.#program.maxPerDay) }) };
  }

  /** Counts what was earned against every cap that it falls under. */
  count(memberId: string, earned: { points: Points; rules: readonly { id: string; points: Points }[] }, day: Day = this.#today): void {
    if (earned.points <= 0 || !isCounted(this.#program)) return;
    if (this.#program.maxPerDay !== null) this.#add(PROGRAM, memberId, day, earned.points);
    const added = new Map(earned.rules.map((rule) => [rule.id, rule.points]));
    for (const { id, caps } of this.#program.counted) {
      const points = added.get(id) ?? 0;
      if (points <= 0) continue;
      if (caps.perDay !== null) this.#add(id, memberId, day, points);
      if (caps.perMember !== null) this.#add(id, memberId, EVER, points);
      if (caps.budget !== null) this.#add(id, EVERYBODY, EVER, points);
    }
  }

  #add(counted: string, holderId: string, period: string, points: Points): void {
    const key = keyOf(counted, holderId, period);
    const known = this.#counters.get(key) ?? { counted, holderId, period, used: 0, isTouched: false };
    this.#counters.set(key, known);
    Object.assign(known, { used: known.used + points, isTouched: true });
  }

  /** Sends the writes: none where nothing was counted. */
  close(): void {
    const rows = [...this.#counters.values()].filter((one) => one.isTouched);
    if (rows.length === 0) return;
    this.#scope.tx.write(
      `insert into loyalty.points_counter (tenant_id, counted, holder_id, period, used)
       select $1, counted, holder_id, period, used from unnest($2::text[], $3::uuid[], $4::text[], $5::bigint[]) as v(counted, holder_id, period, used)
       on conflict (tenant_id, counted, holder_id, period) do update set used = excluded.used`,
      [this.#scope.tenantId, texts(rows, (one) => one.counted), uuids(rows, (one) => one.holderId), texts(rows, (one) => one.period), bigints(rows, (one) => one.used)]);
  }
}
