import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { openMemberSession } from "../src/modules/customers/session.ts";
import { Client, type Answer } from "./client.ts";
import { joinMember } from "./member.ts";
import { clock } from "./server.ts";
import { heard, ShopBooks, type Guest } from "./shop-books.ts";
import type { Settings, ShopStep } from "./shop-steps.ts";
import { freshTenant, type TestTenant } from "./tenant.ts";

const MENU = [["毛肚", "荤菜", 5_800], ["鸭血", "荤菜", 1_501], ["酸梅汤", "饮品", 999], ["赠品", "小菜", 0]] as const;
/** What the clock would run, every minute and every night. */
const SCHEDULES = [
  "commerce.stale-quotes", "loyalty.redemptions-overdue", "commerce.offline-escrow", "commerce.overdue-bills", "payments.check-open", "ledger.expire",
  "loyalty.tiers-nightly", "promotions.expire", "loyalty.warn-expiring",
];

function made(answer: Answer): string {
  assert.ok(heard(answer), JSON.stringify(answer.body));
  return answer.body.id;
}

/** A small shop and its guests, told from outside; keeps its own books of what every answer said. */
export class ShopLife {
  readonly #books = new ShopBooks();
  readonly #held: { id: string; cart: object; tenders: object[] }[] = [];
  readonly #redemptions: { id: string; guest: Guest; points: number; isOpen: boolean; isPaid: boolean }[] = [];
  readonly #bills: string[] = [];
  readonly #merges: { id: string; survivor: Guest; absorbed: Guest }[] = [];
  /** Whoever was merged, and into whom. */
  readonly #became = new Map<Guest, Guest>();
  readonly #tenant: TestTenant;
  readonly #till: Client;
  #desk: Client;
  #templates: string[] = [];
  #items: string[] = [];
  #planId = "";

  private constructor(tenant: TestTenant, till: Client) {
    this.#tenant = tenant;
    this.#till = till;
    this.#desk = tenant.console;
  }

  static async open(settings: Settings, guests = 3): Promise<ShopLife> {
    const tenant = await freshTenant();
    const life = new ShopLife(tenant, await tenant.open(["orders:write", "orders:read", "members:read"]));
    await life.#furnish(settings);
    for (let at = 0; at < guests; at++) {
      const door = await joinMember(tenant);
      const { memberNo } = (await door.get("/me")).body;
      life.#books.guests.push({ id: door.memberId, memberNo, door, points: 0, storedFen: 0, coupons: [] });
    }
    return life;
  }

  get tenant(): TestTenant {
    return this.#tenant;
  }

  async #furnish({ negativePolicy, pendingDays, expiryMonths, restoreGraceDays, maxPercent, spendOrder }: Settings): Promise<void> {
    const desk = this.#desk;
    const must = async (answer: Promise<Answer>) => made(await answer);
    await must(desk.put("/points-program", {
      earn: { points: 1, perFen: 100 }, spend: { points: 100, fen: 100, step: 1, maxPercent }, negativePolicy, restoreGraceDays,
      pending: { kind: pendingDays > 0 ? "days" : "none", days: pendingDays }, expiry: expiryMonths === null ? "never" : "activation", expiryMonths,
    }));
    await must(desk.post("/tiers", { name: "普卡", rank: 0 }));
    await must(desk.post("/tiers", { name: "银卡", rank: 1, spendFen: 20_000, pointsPercent: 150 }));
    await must(desk.post("/earn-rules", { name: "饮品加赠", categories: ["饮品"], bonusPoints: 7, maxPerDay: 20 }));
    await must(desk.put("/prepaid-terms", { spendOrder, approvalOverFen: 10_000_000 }));
    await must(desk.post("/offers", { name: "满60减7", kind: "amount-off", amountFen: 700, thresholdFen: 6_000, isActive: true }));
    this.#planId = await must(desk.post("/top-up-plans", { name: "充值", principalFen: 9_999, bonusFen: 1_001 }));
    for (const more of [{ amountFen: 333, kind: "amount-off" }, { percentOff: 13, kind: "percent-off", categories: ["荤菜"], returnPolicy: "whole", isStackable: true }]) {
      const id = await must(desk.post("/coupon-templates", { name: "券", validity: { kind: "days", days: 3 }, isGiftable: true, perMember: 3, stock: 7, ...more }));
      await must(desk.post(`/coupon-templates/${id}:publish`));
      this.#templates.push(id);
    }
    for (const cashFen of [0, 100]) this.#items.push(await must(desk.post("/mall-items", { name: "酸梅汤", kind: "dish", points: 30, cashFen, stock: 6, pickupDays: 2, state: "live" })));
  }

  #guest(at: number): Guest {
    const guest = this.#books.guests[at % this.#books.guests.length];
    assert.ok(guest);
    return this.#now(guest);
  }

  #now(guest: Guest): Guest {
    const survivor = this.#became.get(guest);
    return survivor ? this.#now(survivor) : guest;
  }

  async #merge(survivor: Guest, absorbed: Guest): Promise<void> {
    const answer = await this.#desk.post(`/members/${survivor.id}:merge`, { otherId: absorbed.id, reason: "同一人" }, { key: randomUUID() });
    if (!heard(answer)) return;
    this.#merges.push({ id: answer.body.id, survivor, absorbed });
    this.#became.set(absorbed, survivor);
    survivor.coupons.push(...absorbed.coupons);
  }

  async #part(at: number): Promise<void> {
    const merge = this.#merges[at % Math.max(1, this.#merges.length)];
    if (!merge || !heard(await this.#desk.post(`/merges/${merge.id}:undo`, { reason: "不是同一人" }, { key: randomUUID() }))) return;
    this.#became.delete(merge.absorbed);
    await this.#signIn(merge.absorbed);
  }

  async live(one: ShopStep): Promise<void> {
    switch (one.do) {
      case "sell": return this.#sell(one);
      case "commit": case "commit anew": case "release": return this.#conclude(one.do, one.held);
      case "return": return this.#return(one);
      case "claim": case "give": return this.#coupon(one.do, this.#guest(one.guest), this.#guest(one.other));
      case "redeem": return this.#redeem(this.#guest(one.guest), one.isPartCash);
      case "cancel": return this.#cancel(one.redemption);
      case "split": return this.#split(one);
      case "return-dish": return this.#returnDish(one);
      case "wait": return this.#wait(one.minutes);
      case "merge": return this.#merge(this.#guest(one.guest), this.#guest(one.other));
      case "part": return this.#part(one.merge);
      case "at once": return void (await Promise.all(one.steps.map((step) => this.live(step))));
      default: return this.#value(one.do, this.#guest(one.guest), this.#guest(one.other), one.much);
    }
  }

  #lines(items: readonly number[]): object[] {
    return items.map((item, at) => {
      const [name, category, unitPriceFen] = MENU[item % MENU.length] ?? MENU[0];
      return { lineId: String(at), sku: name, name, category, quantity: 1 + (item % 3), unitPriceFen };
    });
  }

  async #sell({ guest: at, items, points, storedFen, coupon, fee, how }: Extract<ShopStep, { do: "sell" }>): Promise<void> {
    const guest = this.#guest(at);
    const id = `w-${randomUUID()}`;
    const couponId = coupon === null ? undefined : guest.coupons[coupon % Math.max(1, guest.coupons.length)];
    const cart = {
      storeId: this.#tenant.storeId, channel: "pos", memberId: guest.id, lines: this.#lines(items), ...(couponId ? { couponIds: [couponId] } : {}),
      ...(fee ? { fees: [{ kind: "packing", amountFen: 201 }] } : {}),
    };
    const tenders = [...(points > 0 ? [{ kind: "points", points }] : []), ...(storedFen > 0 ? [{ kind: "stored-value", amountFen: storedFen }] : []), { kind: "cash" }];
    if (how === "at once" || how === "twice") {
      const send = () => this.#till.post(`/quotes/${id}:commit`, { ...cart, tenders }, { key: `${id}-key` });
      return this.#books.book(...(await Promise.all(how === "twice" ? [send(), send()] : [send()])));
    }
    if (!heard(await this.#till.put(`/quotes/${id}`, cart))) return;
    if (how === "quoted") return this.#books.book(await this.#till.post(`/quotes/${id}:commit`, { tenders }, { key: `${id}-key` }));
    const held = await this.#till.post(`/quotes/${id}:hold`, { ttlSeconds: 600, pointsToHold: points, storedValueFenToHold: storedFen }, { key: `${id}-hold-key` });
    if (heard(held)) this.#held.push({ id, cart: { ...cart, couponIds: [] }, tenders });
  }

  /** Anew: the cart as it was, but for the coupon that the quote holds. */
  async #conclude(how: "commit" | "commit anew" | "release", at: number): Promise<void> {
    const held = this.#held[at % Math.max(1, this.#held.length)];
    if (!held) return;
    if (how === "release") return void heard(await this.#till.post(`/quotes/${held.id}:release`));
    const cart = how === "commit anew" ? held.cart : {};
    return this.#books.book(await this.#till.post(`/quotes/${held.id}:commit`, { ...cart, tenders: held.tenders }, { key: randomUUID() }));
  }

  async #return({ order: at, what, much }: Extract<ShopStep, { do: "return" }>): Promise<void> {
    const id = this.#books.orders[at % Math.max(1, this.#books.orders.length)];
    if (!id) return;
    const wish = what === "whole" ? { whole: true } : what === "line" ? { lines: [{ lineId: String(much % 3), quantity: 1 }] } : { amountFen: much };
    heard(await this.#till.post(`/orders/${id}:return`, { ...wish, reason: "退" }, { key: randomUUID() }));
    this.#books.book(await this.#till.get(`/orders/${id}`));
  }

  async #coupon(how: "claim" | "give", guest: Guest, other: Guest): Promise<void> {
    if (how === "claim") {
      const claimed = await guest.door.post(`/coupon-templates/${this.#templates[guest.coupons.length % 2]}:claim`, {}, { key: randomUUID() });
      if (heard(claimed)) guest.coupons.push(claimed.body.id);
      return;
    }
    const couponId = guest.coupons[0];
    if (!couponId) return;
    const gift = await guest.door.post(`/me/coupons/${couponId}:give`, {});
    if (!heard(gift) || !heard(await other.door.post(`/coupon-gifts/${gift.body.token}:accept`))) return;
    guest.coupons.splice(guest.coupons.indexOf(couponId), 1);
    other.coupons.push(couponId);
  }

  async #value(what: "top-up" | "adjust" | "withdraw" | "transfer" | "freeze" | "offline", guest: Guest, other: Guest, much: number): Promise<void> {
    const key = { key: randomUUID() };
    const desk = this.#desk;
    switch (what) {
      case "top-up":
        if (heard(await desk.post(`/members/${guest.id}/stored-value:top-up`, { planId: this.#planId, payment: "cash", storeId: this.#tenant.storeId }, key))) guest.storedFen += 11_000;
        return;
      case "adjust": {
        const points = (much % 2 === 0 ? 1 : -1) * (1 + (much % 300));
        if (heard(await desk.post(`/members/${guest.id}/points:adjust`, { points, reason: "补" }, key))) guest.points += points;
        return;
      }
      case "transfer": {
        const points = 1 + (much % 90);
        const moved = guest === other ? undefined : await desk.post(`/members/${guest.id}/points:transfer`, { memberNo: other.memberNo, points, reason: "转" }, key);
        if (!moved || !heard(moved)) return;
        guest.points -= points;
        other.points += points;
        return;
      }
      case "freeze": {
        const frozen = await desk.post(`/members/${guest.id}/points:freeze`, { points: 1 + (much % 50), reason: "查" }, key);
        if (heard(frozen) && much % 3 > 0) heard(await desk.post(`/members/${guest.id}/points-freezes/${frozen.body.id}:release`, { reason: "清" }));
        return;
      }
      case "withdraw": return this.#withdraw(guest, (["seven-day", "consumer", "merchant"] as const)[much % 3] ?? "merchant");
      case "offline": return this.#sellOffline(guest, much);
    }
  }

  async #withdraw(guest: Guest, cause: string): Promise<void> {
    const quote = await this.#desk.post(`/members/${guest.id}/stored-value:quote-withdrawal`, { cause });
    if (!heard(quote) || quote.body.refundFen === 0) return;
    const made = await this.#desk.post(`/members/${guest.id}/stored-value:withdraw`, { cause, expectedFen: quote.body.refundFen, method: "cash", reason: "退" }, { key: randomUUID() });
    if (heard(made)) guest.storedFen -= made.body.principalFen + made.body.bonusFen;
  }

  /** The till's own price stands: it was without network, and asks for more than the allowance now and then. */
  async #sellOffline(guest: Guest, much: number): Promise<void> {
    const issued = await guest.door.post("/me/offline-code", { allowanceFen: 3_000 }, { key: randomUUID() });
    if (!heard(issued)) return;
    const netFen = 1_000 + (much % 3_000);
    const order = (id: string) => ({
      orderId: id, storeId: this.#tenant.storeId, soldAt: clock.now().toISOString(), code: issued.body.code, ruleVersion: this.#ruleVersion, quoteHash: "till", totalFen: netFen,
      lines: [{ lineId: "0", sku: "外带", name: "外带", quantity: 1, unitPriceFen: netFen, grossFen: netFen, discountFen: 0, netFen }], tenders: [{ kind: "stored-value", amountFen: netFen }],
    });
    this.#ruleVersion ||= (await this.#desk.get(`/till-pack?storeId=${this.#tenant.storeId}`)).body.ruleVersion;
    const orders = [order(`w-${randomUUID()}`), order(`w-${randomUUID()}`)];
    const settled = await Promise.all([1, 2].map(() => this.#desk.post("/orders:settle-offline", { orders })));
    settled.forEach(heard);
    this.#books.book(...(await Promise.all(orders.map((one) => this.#till.get(`/orders/${one.orderId}`)))));
  }

  #ruleVersion = 0;

  async #redeem(guest: Guest, isPartCash: boolean): Promise<void> {
    const made = await guest.door.post(`/mall-items/${this.#items[isPartCash ? 1 : 0]}:redeem`, {}, { key: randomUUID() });
    if (!heard(made)) return;
    this.#redemptions.push({ id: made.body.id, guest, points: 30, isOpen: true, isPaid: !isPartCash });
    if (!isPartCash) guest.points -= 30;
  }

  async #cancel(at: number): Promise<void> {
    const one = this.#redemptions[at % Math.max(1, this.#redemptions.length)];
    if (!one) return;
    heard(await this.#now(one.guest).door.post(`/me/redemptions/${one.id}:cancel`, {}));
    await this.#lookAtRedemptions();
  }

  async #lookAtRedemptions(): Promise<void> {
    for (const one of this.#redemptions.filter((open) => open.isOpen)) {
      const { state } = (await this.#now(one.guest).door.get(`/me/redemptions/${one.id}`)).body;
      if (!one.isOpen || state === "waiting" || state === "ready") continue;
      one.isOpen = false;
      if (one.isPaid) this.#now(one.guest).points += one.points;
    }
  }

  async #split({ guest, other, items, pays }: Extract<ShopStep, { do: "split" }>): Promise<void> {
    const id = `b-${randomUUID()}`;
    const shares = [{ memberId: this.#guest(guest).id, weight: 2 }, ...(this.#guest(other) === this.#guest(guest) ? [{}] : [{ memberId: this.#guest(other).id }])];
    const bill = await this.#till.put(`/bills/${id}`, { storeId: this.#tenant.storeId, channel: "pos", lines: this.#lines(items), shares });
    if (!heard(bill)) return;
    this.#bills.push(id);
    const pay = (no: number) => this.#till.post(`/bills/${id}/shares/${no}:pay`, { tenders: [{ kind: "stored-value", amountFen: 1 }, { kind: "cash" }] }, { key: `${id}-${no}-key` });
    this.#books.book(...(await Promise.all(shares.slice(0, pays).flatMap((_, at) => [pay(at + 1), pay(at + 1)]))));
  }

  async #returnDish({ bill: at, line }: Extract<ShopStep, { do: "return-dish" }>): Promise<void> {
    const id = this.#bills[at % Math.max(1, this.#bills.length)];
    if (!id) return;
    heard(await this.#till.post(`/bills/${id}:return`, { lines: [{ lineId: String(line), quantity: 1 }], reason: "退菜" }, { key: randomUUID() }));
    for (const order of this.#books.orders.filter((one) => one.startsWith(id))) this.#books.book(await this.#till.get(`/orders/${order}`));
  }

  /** Time passes, and what the clock starts runs; sessions are opened anew. */
  async #wait(minutes: number): Promise<void> {
    clock.advance(minutes * 60_000);
    for (const name of SCHEDULES) await this.#tenant.runSchedule(name);
    await this.#tenant.drain();
    this.#desk = await this.#tenant.as("admin", this.#tenant.headquartersId);
    for (const guest of this.#books.guests) await this.#signIn(guest);
    await this.#lookAtRedemptions();
  }

  /** Whoever was merged signs in as whom they have become. */
  async #signIn(guest: Guest): Promise<void> {
    const token = await this.#tenant.inScope((scope) => openMemberSession(scope, this.#now(guest).id));
    guest.door = new Client(this.#tenant.server.app, "/api/member", { authorization: `Bearer ${token}` });
  }

  /** The ledger against the books, every order against itself. */
  async check(): Promise<void> {
    await this.#lookAtRedemptions();
    await this.#books.check(this.#tenant, this.#till);
  }
}
