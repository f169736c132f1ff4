import type { Order } from '../../api/order.ts';
import type { Fact } from '../../components/Facts.tsx';
import { formatInstant } from '../../format/instants.ts';
import { formatCount, formatYuan } from '../../format/money.ts';
import type { Dictionary } from '../../locale/zh.ts';

/** From the menu price to what was due, each discount by its name. */
export function priceFacts(order: Order, text: Dictionary): Fact[] {
  const discounts = order.effects.filter((effect) => effect.amountFen > 0);
  return [
    { name: text.order.gross, value: formatYuan(order.grossFen) },
    ...discounts.map((effect) => ({ name: effect.name, value: formatYuan(-effect.amountFen), isGain: true })),
    ...(discounts.length === 0 && order.discountFen > 0
      ? [{ name: text.order.discounts, value: formatYuan(-order.discountFen), isGain: true }] : []),
    ...(order.feesFen ? [{ name: text.order.fees, value: formatYuan(order.feesFen) }] : []),
    { name: text.order.net, value: formatYuan(order.netFen), isStrong: true },
  ];
}

export function tenderFacts(order: Order, text: Dictionary): Fact[] {
  return order.tenders.map((tender) => {
    const notes = [
      tender.points ? text.order.usedPoints(formatCount(tender.points)) : '',
      tender.refundedFen > 0 ? text.order.refunded(formatYuan(tender.refundedFen)) : '',
    ].filter(Boolean);
    return {
      name: text.order.tenderKinds[tender.kind] ?? tender.kind,
      value: formatYuan(tender.amountFen),
      ...(notes.length === 0 ? {} : { note: notes.join(' · ') }),
    };
  });
}

export function returnFacts(order: Order, text: Dictionary): Fact[] {
  return order.returns.map((entry) => ({
    name: entry.reason || text.order.refund,
    note: formatInstant(entry.at),
    value: formatYuan(-entry.amountFen),
  }));
}

export function aboutFacts(order: Order, text: Dictionary): Fact[] {
  return [
    ...(order.pointsEarned > 0 ? [{ name: text.order.pointsEarned, value: `+${formatCount(order.pointsEarned)}`, isGain: true }] : []),
    ...(order.pointsSpent > 0 ? [{ name: text.order.pointsSpent, value: formatCount(-order.pointsSpent) }] : []),
    { name: text.order.channel, value: text.order.channels[order.channel] ?? order.channel },
    { name: text.order.paidAt, value: formatInstant(order.paidAt) },
    { name: text.order.orderNo, value: order.orderNo },
  ];
}
