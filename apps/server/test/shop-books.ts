import assert from "node:assert/strict";
import type { Answer, Client } from "./client.ts";
import type { TestTenant } from "./tenant.ts";

export interface Guest {
  id: string;
  memberNo: string;
  door: Client;
  /** As the answers said, one by one: what the ledger must say in the end. */
  points: number;
  storedFen: number;
  coupons: string[];
}

interface OrderAnswer {
  id: string;
  memberId: string | null;
  netFen: number;
  pointsEarned: number;
  pointsSpent: number;
  tenders: { no: number; kind: string; amountFen: number }[];
  returns: { id: string; pointsGivenBack: number; pointsTakenBack: number; tenders: { no: number; kind: string; amountFen: number }[] }[];
}

/** Refusals are part of life; a fault of the server is not. */
export function heard({ status, body }: Answer): boolean {
  assert.ok(status < 500, JSON.stringify(body));
  return status < 300;
}

/** What every answer said, counted once: whom it left with how much. */
export class ShopBooks {
  readonly guests: Guest[] = [];
  readonly orders: string[] = [];
  readonly #counted = new Set<string>();

  /** Counts each order and each of its returns once, whoever asked for it and however often it was answered. */
  book(...answers: Answer[]): void {
    for (const answer of answers) {
      if (!heard(answer)) continue;
      const order = answer.body as OrderAnswer;
      const guest = this.guests.find((one) => one.id === order.memberId);
      const storedOf = (tenders: OrderAnswer["tenders"]) => tenders.filter((one) => one.kind === "stored-value").reduce((sum, one) => sum + one.amountFen, 0);
      if (!this.#counted.has(order.id)) {
        this.#counted.add(order.id);
        this.orders.push(order.id);
        if (guest) guest.points += order.pointsEarned - order.pointsSpent;
        if (guest) guest.storedFen -= storedOf(order.tenders);
      }
      for (const one of order.returns) {
        if (this.#counted.has(one.id)) continue;
        this.#counted.add(one.id);
        if (guest) guest.points += one.pointsGivenBack - one.pointsTakenBack;
        if (guest) guest.storedFen += storedOf(one.tenders);
      }
    }
  }

  /** The ledger against the books, and every order against itself. */
  async check(tenant: TestTenant, till: Client): Promise<void> {
    const moved = await tenant.inScope((scope) => scope.tx.rows<{ holder_id: string; points: number; stored: number }>(
      `select a.holder_id, coalesce(sum(p.amount) filter (where a.asset = 'points'), 0)::bigint as points, coalesce(sum(p.amount) filter (where a.asset like 'prepaid.%'), 0)::bigint as stored
         from ledger.account a join ledger.posting p on p.tenant_id = $1 and p.account_id = a.id and p.kind not in ('expire', 'merge') where a.tenant_id = $1 group by 1`, [scope.tenantId]));
    for (const guest of this.guests) {
      const row = moved.find((one) => one.holder_id === guest.id);
      assert.deepEqual({ points: row?.points ?? 0, stored: row?.stored ?? 0 }, { points: guest.points, stored: guest.storedFen }, "the ledger is not what the answers said");
    }
    for (const id of this.orders) {
      const { body: order } = await till.get(`/orders/${id}`);
      const sum = (rows: Record<string, number>[], field: string) => rows.reduce((total, row) => total + (row[field] ?? 0), 0);
      assert.equal(sum(order.tenders, "amountFen"), order.netFen, `${id}: what was paid is not the price`);
      assert.equal(sum(order.returns, "amountFen"), order.refundedFen);
      assert.ok(order.refundedFen <= order.netFen && order.pointsReturned <= order.pointsEarned, `${id}: more came back than was there`);
      assert.ok(sum(order.returns, "pointsGivenBack") <= order.pointsSpent, `${id}: more points came back than were spent`);
      for (const line of order.lines) assert.ok(line.returnedFen <= line.netFen && line.returnedQuantity <= line.quantity, `${id}: a line came back twice`);
    }
  }
}
