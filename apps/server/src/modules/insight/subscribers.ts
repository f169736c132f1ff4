import { ORDER_PAID, ORDER_RETURNED, type OrderPaid, type OrderReturned } from "../../events/commerce.ts";
import { MEMBER_REGISTERED, MEMBERS_REGISTERED, MEMBERS_REMOVED, type MemberRegistered, type MembersRegistered, type MembersRemoved } from "../../events/customers.ts";
import { wallClock } from "../../kernel/days.ts";
import type { DomainEvent, Subscriber } from "../../kernel/events.ts";
import { hint } from "../../kernel/live.ts";
import type { Scope } from "../../kernel/scope.ts";
import { MEMBERS_COUNTED, ORDERS_COUNTED } from "./live.ts";
import { addToStoreHours, HourSums } from "./store-hour.ts";

/** Keeps the facts of each store and hour current, and tells open dashboards once they are. */
async function countIn(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  const sums = new HourSums();
  const stores = { orders: new Set<string>(), members: new Set<string>() };
  const joined: MemberRegistered[] = [];
  const removed: MembersRemoved["members"][number][] = [];
  for (const { type, payload } of events) {
    if (type === ORDER_PAID) stores.orders.add(addSale(sums, payload as unknown as OrderPaid));
    else if (type === ORDER_RETURNED) stores.orders.add(addReturn(sums, payload as unknown as OrderReturned));
    else if (type === MEMBER_REGISTERED) joined.push(payload as unknown as MemberRegistered);
    else if (type === MEMBERS_REGISTERED) joined.push(...(payload as unknown as MembersRegistered).members);
    else if (type === MEMBERS_REMOVED) removed.push(...(payload as unknown as MembersRemoved).members);
  }
  for (const storeId of await addJoinings(scope, sums, joined)) stores.members.add(storeId);
  for (const storeId of await addJoinings(scope, sums, removed, -1)) stores.members.add(storeId);
  await addToStoreHours(scope, sums);
  hint(scope, ORDERS_COUNTED, [...stores.orders]);
  hint(scope, MEMBERS_COUNTED, [...stores.members]);
}

function addSale(sums: HourSums, { storeId, memberId, netFen, businessOn, hour }: OrderPaid): string {
  sums.add(storeId, businessOn, hour, { orders: 1, netFen, ...(memberId ? { memberOrders: 1, memberNetFen: netFen } : {}) });
  return storeId;
}

function addReturn(sums: HourSums, { storeId, amountFen, businessOn, hour }: OrderReturned): string {
  sums.add(storeId, businessOn, hour, { refundedFen: amountFen });
  return storeId;
}

/** Guests who joined without a store, as in the mini program, are headquarters': whoever sees some stores only does not see them. */
export async function addJoinings(scope: Scope, sums: HourSums, joined: readonly Pick<MemberRegistered, "storeId" | "joinedAt">[], each = 1): Promise<Set<string>> {
  const touched = new Set<string>();
  const headquarters = joined.some((one) => one.storeId === null) ? await headquartersOf(scope) : "";
  for (const { storeId, joinedAt } of joined) {
    const { day, hour } = wallClock(new Date(joinedAt), scope.zone);
    sums.add(storeId ?? headquarters, day, hour, { newMembers: each });
    touched.add(storeId ?? headquarters);
  }
  return touched;
}

async function headquartersOf({ tx, tenantId }: Scope): Promise<string> {
  const [row] = await tx.rows<{ id: string }>("select id from org.unit where tenant_id = $1 and kind = 'headquarters'", [tenantId]);
  if (!row) throw new Error("A tenant without headquarters");
  return row.id;
}

export const subscribers: readonly Subscriber[] = [
  { name: "insight.store-hour", on: [ORDER_PAID, ORDER_RETURNED, MEMBER_REGISTERED, MEMBERS_REGISTERED, MEMBERS_REMOVED], handle: countIn },
];
