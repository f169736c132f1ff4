import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Client } from "./client.ts";
import type { TestTenant } from "./tenant.ts";

export type PrepaidStep =
  | { do: "top-up"; principal: number; bonus: number }
  | { do: "spend"; fen: number }
  | { do: "return"; order: number; fen: number }
  | { do: "withdraw"; cause: "seven-day" | "consumer" | "merchant" }
  | { do: "give"; fen: number }
  | { do: "decline" };

/** One guest's life with stored value, told from outside; keeps its own books. */
export class PrepaidLife {
  paidIn = 0;
  bonusIn = 0;
  spent = 0;
  givenBack = 0;
  readonly orders: { id: string; left: number }[] = [];
  readonly #tenant: TestTenant;
  readonly #till: Client;
  readonly #memberId: string;
  readonly #friendId: string;
  readonly #second: Client;

  constructor(tenant: TestTenant, till: Client, second: Client, ids: { memberId: string; friendId: string }) {
    this.#tenant = tenant;
    this.#till = till;
    this.#second = second;
    this.#memberId = ids.memberId;
    this.#friendId = ids.friendId;
  }

  async live(one: PrepaidStep): Promise<void> {
    const { console: desk, storeId } = this.#tenant;
    const key = () => ({ key: randomUUID() as string });
    if (one.do === "top-up") {
      const planId = (await desk.post("/top-up-plans", { name: "充值", principalFen: one.principal, bonusFen: one.bonus })).body.id;
      const made = await desk.post(`/members/${this.#memberId}/stored-value:top-up`, { planId, payment: "cash", storeId }, key());
      if (made.status !== 200) return assert.equal(made.body.code, "payments/over-card-limit");
      this.paidIn += one.principal;
      this.bonusIn += one.bonus;
    }
    if (one.do === "spend") {
      const id = `o-${randomUUID()}`;
      const made = await this.#till.post(`/quotes/${id}:commit`, { storeId, channel: "pos", memberId: this.#memberId, lines: [{ lineId: "a", sku: "S", name: "茶", quantity: 1, unitPriceFen: one.fen }], tenders: [{ kind: "stored-value" }] }, { key: id });
      if (made.status !== 200) return;
      this.spent += one.fen;
      this.orders.push({ id, left: one.fen });
    }
    if (one.do === "return") {
      const order = this.orders[one.order];
      if (!order || order.left === 0) return;
      const amountFen = Math.min(order.left, one.fen);
      const made = await desk.post(`/orders/${order.id}:return`, { amountFen, reason: "退" }, key());
      assert.equal(made.status, 200, JSON.stringify(made.body));
      order.left -= amountFen;
      this.spent -= amountFen;
    }
    if (one.do === "give") await desk.post(`/members/${this.#memberId}/stored-value:transfer`, { toMemberId: this.#friendId, amountFen: one.fen, reason: "转" }, key());
    if (one.do === "withdraw") await this.#withdraw(one.cause);
    if (one.do === "decline") await this.#decline();
  }

  async #withdraw(cause: string): Promise<void> {
    const { console: desk } = this.#tenant;
    const quote = (await desk.post(`/members/${this.#memberId}/stored-value:quote-withdrawal`, { cause })).body;
    assert.ok(quote.refundFen <= this.paidIn, "more goes back than came in");
    if (quote.refundFen === 0) return;
    const made = await desk.post(`/members/${this.#memberId}/stored-value:withdraw`, { cause, expectedFen: quote.refundFen, method: "cash", reason: "退" }, { key: randomUUID() });
    assert.equal(made.status, 200, JSON.stringify(made.body));
    this.givenBack += quote.refundFen;
  }

  async #decline(): Promise<void> {
    const waiting = (await this.#second.get(`/withdrawals?state=waiting&memberId=${this.#memberId}`)).body.items;
    for (const one of waiting) {
      assert.equal((await this.#second.post(`/approvals/${one.id}:reject`, { comment: "再想想" })).status, 200);
      this.givenBack -= one.refundFen;
    }
  }

  /** Money in is money that is still there, was spent, was given back, or was kept by the shop; never less. */
  async check(): Promise<void> {
    const held = await this.#tenant.inScope(async (scope) => (await scope.tx.rows<{ asset: string; sum: number }>(
      "select asset, coalesce(sum(balance), 0)::bigint as sum from ledger.account where tenant_id = $1 and holder_id = any($2::uuid[]) group by asset",
      [scope.tenantId, [this.#memberId, this.#friendId]])));
    const of = (asset: string) => held.find((row) => row.asset === asset)?.sum ?? 0;
    const [principal, bonus] = [of("prepaid.principal"), of("prepaid.bonus")];
    assert.ok(principal >= 0 && bonus >= 0, "a balance below nothing");
    assert.ok(principal + bonus + this.spent <= this.paidIn + this.bonusIn, "value from nothing");
    assert.ok(this.givenBack <= this.paidIn, "more was given back than came in");
    assert.ok(bonus <= this.bonusIn, "bonus from nothing");
  }
}
