import { ORDER_PAID, ORDER_RETURNED } from "../../events/commerce.ts";
import { MEMBER_REGISTERED, MEMBER_UPDATED, MEMBERS_REGISTERED, TAG_CHANGED, type MembersRegistered } from "../../events/customers.ts";
import { POINTS_ADJUSTED, TIER_CHANGED } from "../../events/loyalty.ts";
import { TOP_UP_DONE } from "../../events/payments.ts";
import { COUPON_ISSUED, COUPON_VOIDED } from "../../events/promotions.ts";
import type { DomainEvent, Subscriber } from "../../kernel/events.ts";
import { addTimelineEntries, entriesOf, type NewEntry } from "./timeline.ts";

/** Writes the timeline of each guest from what every module tells of them. */
const timeline: Subscriber = {
  name: "customers.timeline",
  on: [
    MEMBER_REGISTERED, MEMBERS_REGISTERED, MEMBER_UPDATED, TAG_CHANGED, ORDER_PAID, ORDER_RETURNED, POINTS_ADJUSTED, TIER_CHANGED,
    TOP_UP_DONE, COUPON_ISSUED, COUPON_VOIDED,
  ],
  handle: (scope, events) => addTimelineEntries(scope, events.flatMap((event) => (event.type === MEMBERS_REGISTERED ? joinings(event) : entriesOf(event)))),
};

const joinings = ({ id, payload }: DomainEvent): NewEntry[] =>
  (payload as unknown as MembersRegistered).members.map(({ memberId, joinedAt, ...rest }) =>
    ({ memberId, at: new Date(joinedAt), source: id, kind: MEMBER_REGISTERED, payload: rest }));

export const subscribers: readonly Subscriber[] = [timeline];
