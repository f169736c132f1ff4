import { ORDER_PAID, type OrderPaid } from "../../../events/commerce.ts";
import { IDENTITY_CHANGED, MEMBER_REGISTERED, TRACKED, type MemberRegistered } from "../../../events/customers.ts";
import type { DomainEvent, Subscriber } from "../../../kernel/events.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { survivorsOf } from "../../customers/index.ts";
import { placeMembers } from "./life-stage.ts";

/** Orders that are told of later than this are history that was taken over: they place their member and bring nothing. */
const FRESH_MS = 2 * 86_400_000;

async function place(scope: Scope, events: readonly DomainEvent[]): Promise<void> {
  const ids = { sign: new Set<string>(), recount: new Set<string>(), order: new Set<string>() };
  for (const { type, payload, subjectId } of events) {
    if (type === ORDER_PAID) {
      const { memberId, paidAt } = payload as unknown as OrderPaid;
      if (memberId) ids[scope.now.getTime() - Date.parse(paidAt) < FRESH_MS ? "order" : "recount"].add(memberId);
    } else if (subjectId && !(type === MEMBER_REGISTERED && isTakenOver(payload as unknown as MemberRegistered))) {
      ids.sign.add(subjectId);
    }
  }
  // One move at an instant: an order says more than a sign, one of today more than one of last year.
  for (const id of ids.order) ids.recount.delete(id);
  for (const id of [...ids.order, ...ids.recount]) ids.sign.delete(id);
  for (const reason of ["sign", "recount", "order"] as const) await placeMembers(scope, await survivors(scope, [...ids[reason]]), reason);
}

/** Whom somebody else wrote down has given no sign yet. */
const isTakenOver = ({ via }: MemberRegistered): boolean => via === "api" || via === "import" || via === "seed";

async function survivors(scope: Scope, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const found = await survivorsOf(scope, ids);
  return ids.map((id) => found.get(id) ?? id);
}

export const lifecycleSubscriber: Subscriber = { name: "loyalty.lifecycle", on: [ORDER_PAID, MEMBER_REGISTERED, TRACKED, IDENTITY_CHANGED], handle: place };
