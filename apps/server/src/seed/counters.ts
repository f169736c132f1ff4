import { approvals } from "../app.ts";
import type { Actor, Scope } from "../kernel/scope.ts";
import { listExceptions, resolveException } from "../modules/commerce/offline/offline.view.ts";
import { openBatch } from "../modules/commerce/settlement/batch.ts";
import { decide } from "../modules/commerce/settlement/decision.ts";
import { raiseFlags, type Flag } from "../modules/commerce/settlement/escrow.ts";
import { writeBatch } from "../modules/commerce/settlement/writes.ts";
import { divideBill } from "../modules/commerce/split/bill.ts";
import { shareTicket } from "../modules/commerce/split/share.ts";
import { listPrices } from "../modules/commerce/index.ts";
import { openTopUp } from "../modules/payments/index.ts";
import { freezeStoredValue } from "../modules/payments/prepaid/freeze.ts";
import { issueNamedCard, reportLoss } from "../modules/payments/prepaid/stored-card.ts";
import { withdrawStoredValue } from "../modules/payments/prepaid/withdrawal.ts";
import type { Cast } from "./decisions.ts";

const STORE = "CD01";
/** Guests of the cast whose stored value no other part of the story speaks of. */
const [LOSES_CARD, DISPUTES, WANTS_BACK] = ["李㛃", "何婷", "阿依古丽·买买提"];

/** What the hotpot brand's counters have dealt with lately: a table that split its bill, a lost card, money on its way back, a till without network. */
export async function runCounters(scope: Scope, { brand, guests, places }: Cast): Promise<void> {
  const [storeId, cashier, manager] = [places.storeIds.get(STORE), places.cashiers.get(STORE), places.managers.get(STORE)];
  const idOf = (name: string) => places.memberIds.get(guests.find((guest) => guest.cast !== undefined && guest.name === name)?.phone ?? "");
  const [loses, disputes, wants] = [idOf(LOSES_CARD ?? ""), idOf(DISPUTES ?? ""), idOf(WANTS_BACK ?? "")];
  const [planId] = places.planIds;
  if (brand.code !== "hotpot" || !storeId || !cashier || !manager || !loses || !disputes || !wants || !planId) return;
  for (const memberId of [loses, disputes, wants]) await openTopUp({ ...scope, actor: cashier }, { memberId, planId, method: "cash", storeId });
  const cardId = await issueNamedCard({ ...scope, actor: cashier }, loses, "SC-880101");
  await reportLoss({ ...scope, actor: manager }, cardId, "地铁上遗失，本人来电挂失");
  await freezeStoredValue({ ...scope, actor: manager }, disputes, { kind: "dispute", reason: "本人称一笔消费不是自己所为，核实中" });
  await takeBack({ ...scope, actor: { kind: "member", memberId: wants, sessionId: "" } }, wants);
  await splitBills({ ...scope, actor: cashier }, cashier, storeId, [loses, disputes]);
  await comeBackOnline({ ...scope, actor: manager }, storeId);
}

/** A guest's own wish, within seven days, and not agreed to yet. */
async function takeBack(scope: Scope, memberId: string): Promise<void> {
  const [topUp] = await scope.tx.rows<{ principal_fen: number }>("select principal_fen from payments.top_up where tenant_id = $1 and member_id = $2 order by id desc limit 1", [scope.tenantId, memberId]);
  await withdrawStoredValue(scope, { listPrices, approvals }, {
    memberId, cause: "seven-day", knownBefore: false, expectedFen: topUp?.principal_fen ?? 0, method: "cash", reason: "近期要离开本市", storeId: null,
  });
}

/** One table has paid; at the other one guest has, and two still look for their phones. */
async function splitBills(scope: Scope, cashier: Actor, storeId: string, memberIds: readonly string[]): Promise<void> {
  const goods = await scope.tx.rows<{ sku: string; name: string; category: string | null; price_fen: number }>(
    "select sku, name, category, price_fen from commerce.product where tenant_id = $1 and state = 'on-sale' order by price_fen desc, sku limit 4", [scope.tenantId]);
  const lines = goods.map((one, at) => ({ lineId: String(at + 1), sku: one.sku, name: one.name, category: one.category, quantity: 1 + at % 2, unitPriceFen: one.price_fen }));
  const payers = memberIds.map((memberId) => ({ memberId }));
  const bills = [{ id: "T-AA-0612", note: "6 号桌", shares: payers, paid: [1, 2] }, { id: "T-AA-0815", note: "8 号桌", shares: [...payers, {}], paid: [1] }];
  for (const { id, note, shares, paid } of bills) {
    await divideBill(scope, id, { storeId, channel: "till", lines, couponIds: [], note, shares });
    for (const no of paid) {
      const ticket = {
        ...(await shareTicket(scope, { billId: id, no }, { tenders: [{ kind: "card" }] })), caller: { tenantId: scope.tenantId, actor: cashier, from: scope.from },
        key: `story ${id}.${no}`, bodyHash: Buffer.alloc(0), operation: "story",
      };
      const batch = await openBatch(scope, [ticket]);
      decide(batch, ticket);
      await writeBatch(batch, []);
    }
  }
}

/** What the till of a cellar kitchen told when its line was back: one is dealt with, one waits. */
async function comeBackOnline(scope: Scope, storeId: string): Promise<void> {
  const orders = await scope.tx.rows<{ id: string; member_id: string | null; net_fen: number }>(
    `select id, member_id, net_fen from commerce."order" where tenant_id = $1 and store_id = $2 and source = 'till' and not proof ? 'bill' order by paid_at desc, id limit 2`, [scope.tenantId, storeId]);
  const flags: Flag[] = [
    { kind: "clock", amountFen: 0, detail: { soldAt: new Date(scope.now.getTime() + 86_400_000).toISOString() } },
    { kind: "price", amountFen: 500, detail: { tillFen: orders[1]?.net_fen ?? 0, serverFen: (orders[1]?.net_fen ?? 0) - 500 } },
  ];
  raiseFlags(scope, flags.flatMap((flag, at) => (orders[at] ? [{ ...flag, orderId: orders[at].id, storeId, memberId: orders[at].member_id, codeId: null }] : [])));
  const { items } = await listExceptions(scope, { state: "open", storeId, limit: 2 });
  const settled = items.find((one) => one.kind === "clock");
  if (settled) await resolveException(scope, settled.id, "收银机时间已校准");
}
