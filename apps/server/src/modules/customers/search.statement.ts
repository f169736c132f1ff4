import { COUNT_CAP } from "../../kernel/http/page.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Placed, SlotOrder } from "../objects/index.ts";

export interface FoundRow {
  id: string;
  joined_at: Date;
}

/** A further condition; `bind` puts a value among the statement's parameters. */
export type Ask = (bind: (value: unknown) => string) => string;

const NEWEST = "order by m.joined_at desc, m.id";

/** The members that fulfil all conditions, newest first; `$1` is the tenant. */
export class Statement {
  readonly #values: unknown[];
  readonly #conditions: string[];

  constructor(values: readonly unknown[], conditions: readonly string[] = ["true"]) {
    this.#values = [...values];
    this.#conditions = [...conditions];
  }

  /** One that goes on from here. */
  copy(): Statement {
    return new Statement(this.#values, this.#conditions);
  }

  bind(value: unknown): string {
    this.#values.push(value);
    return `$${this.#values.length}`;
  }

  where(condition: string): void {
    this.#conditions.push(condition);
  }

  list(scope: Scope, limit: number): Promise<FoundRow[]> {
    return scope.tx.rows(`select m.id, m.joined_at from customers.member m where m.tenant_id = $1 and ${this.#all} ${NEWEST} limit ${limit}`, this.#values);
  }

  /** Those that have a value of an own field, in its order. */
  sorted(scope: Scope, limit: number, order: SlotOrder): Promise<(FoundRow & Placed)[]> {
    const { values, asked } = this.#asking((bind) => order.where("m", bind));
    return scope.tx.rows(`select m.id, m.joined_at, ${order.at("m")} as slot_at, m.id as slot_id from customers.member m where m.tenant_id = $1 and ${this.#all} and ${asked} order by ${order.by("m")} limit ${limit}`, values);
  }

  /** Those of the newest `among` that a further condition holds for. */
  walk(scope: Scope, limit: number, ask: Ask, among: number): Promise<FoundRow[]> {
    const { values, asked } = this.#asking(ask);
    return scope.tx.rows(
      `select m.id, m.joined_at from (select * from customers.member m where m.tenant_id = $1 and ${this.#all} ${NEWEST} limit ${among}) as m where ${asked} limit ${limit}`, values);
  }

  /**
   * All that a further condition on grams holds for, collected through their index, sorted and counted. The offset keeps
   * Postgres from walking through everybody from the newest on instead: for a few of a million that took 460 ms.
   */
  collect(scope: Scope, limit: number, ask: Ask): Promise<(FoundRow & { matching: number })[]> {
    const { values, asked } = this.#asking(ask);
    return scope.tx.rows(
      `select m.id, m.joined_at, count(*) over () as matching
         from (select m.id, m.joined_at from customers.member_gram m where m.tenant_id = $1 and ${this.#all} and ${asked} offset 0) as m ${NEWEST} limit ${limit}`, values);
  }

  #asking(ask: Ask): { values: unknown[]; asked: string } {
    const values = [...this.#values];
    return { asked: ask((value) => `$${values.push(value)}`), values };
  }

  /** Up to one more than is ever shown. */
  async count(scope: Scope): Promise<number> {
    const [row] = await scope.tx.rows<{ value: number }>(
      `select count(*) as value from (select 1 from customers.member m where m.tenant_id = $1 and ${this.#all} limit ${COUNT_CAP + 1}) as counted`, [...this.#values]);
    return row?.value ?? 0;
  }

  get #all(): string {
    return this.#conditions.join(" and ");
  }
}
