import { days, integers, uuids } from "../../kernel/db/array.ts";
import { addDays, dayOf, startOfDay } from "../../kernel/days.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Pool } from "./pool.view.ts";

/** What one person has in one pool. */
interface Seat {
  pool_id: string;
  staff_id: string;
  held: number;
  claimed_on: string | null;
  claimed: number;
}

const keyOf = (poolId: string, staffId: string): string => `${poolId} ${staffId}`;
const byKey = (one: { poolId: string; staffId: string }, other: { poolId: string; staffId: string }): number => (keyOf(one.poolId, one.staffId) < keyOf(other.poolId, other.staffId) ? -1 : 1);

/** The seats of everybody whom a move concerns, locked in one order: two claims at once never see the same room. */
export class Seats {
  readonly #scope: Scope;
  readonly #seats: ReadonlyMap<string, Seat>;
  readonly #today: string;

  private constructor(scope: Scope, seats: ReadonlyMap<string, Seat>) {
    this.#scope = scope;
    this.#seats = seats;
    this.#today = dayOf(scope.now, scope.zone);
  }

  static async lock(scope: Scope, wanted: readonly { poolId: string; staffId: string }[]): Promise<Seats> {
    const distinct = [...new Map(wanted.map((one) => [keyOf(one.poolId, one.staffId), one])).values()].toSorted(byKey);
    const rows = distinct.length === 0 ? [] : await scope.tx.rows<Seat>(
      `insert into sales.seat (tenant_id, pool_id, staff_id) select $1, v.pool_id, v.staff_id from unnest($2::uuid[], $3::uuid[]) as v(pool_id, staff_id) order by v.pool_id, v.staff_id
       on conflict (tenant_id, pool_id, staff_id) do update set held = seat.held returning pool_id, staff_id, held, claimed_on, claimed`,
      [scope.tenantId, uuids(distinct, (one) => one.poolId), uuids(distinct, (one) => one.staffId)]);
    return new Seats(scope, new Map(rows.map((row) => [keyOf(row.pool_id, row.staff_id), row])));
  }

  #seat(poolId: string, staffId: string): Seat {
    const seat = this.#seats.get(keyOf(poolId, staffId));
    if (!seat) throw new Error("A seat was not locked");
    return seat;
  }

  hasRoom({ id, capacity }: Pool, staffId: string): boolean {
    return capacity === null || this.#seat(id, staffId).held < capacity;
  }

  /** From when on one may claim again, where today's claims are used up. */
  limitedUntil({ id, claimsPerDay }: Pool, staffId: string): Date | undefined {
    const { claimed_on, claimed } = this.#seat(id, staffId);
    if (claimsPerDay === null || claimed_on !== this.#today || claimed < claimsPerDay) return undefined;
    return startOfDay(addDays(this.#today, 1), this.#scope.zone);
  }

  take(poolId: string, staffId: string): void {
    this.#seat(poolId, staffId).held++;
  }

  give(poolId: string, staffId: string): void {
    this.#seat(poolId, staffId).held--;
  }

  countClaim(poolId: string, staffId: string): void {
    const seat = this.#seat(poolId, staffId);
    [seat.claimed, seat.claimed_on] = [(seat.claimed_on === this.#today ? seat.claimed : 0) + 1, this.#today];
  }

  async write(): Promise<void> {
    const seats = [...this.#seats.values()];
    if (seats.length === 0) return;
    await this.#scope.tx.rows(
      `update sales.seat s set held = v.held, claimed_on = v.claimed_on, claimed = v.claimed
         from unnest($2::uuid[], $3::uuid[], $4::int[], $5::date[], $6::int[]) as v(pool_id, staff_id, held, claimed_on, claimed)
        where s.tenant_id = $1 and s.pool_id = v.pool_id and s.staff_id = v.staff_id`,
      [this.#scope.tenantId, uuids(seats, (one) => one.pool_id), uuids(seats, (one) => one.staff_id), integers(seats, (one) => one.held), days(seats, (one) => one.claimed_on), integers(seats, (one) => one.claimed)]);
  }
}
