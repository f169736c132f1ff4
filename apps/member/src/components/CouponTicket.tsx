import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { CouponTerms } from '../api/coupon.ts';
import { formatShortFen } from '../format/money.ts';
import { useText } from '../locale/locale.ts';
import { session } from '../session/session.ts';
import { useStore } from '../session/store.ts';

export type CouponTicketProps = { terms: CouponTerms; note: string; isDim?: boolean; aside?: ReactNode; children?: ReactNode };

/** A coupon as a ticket: what it gives on the stub, what it asks beside it. */
export function CouponTicket({ terms, note, isDim = false, aside, children }: CouponTicketProps) {
  const text = useText();
  const { language } = useStore(session);
  return (
    <View className={`ticket ${isDim ? 'is-dim' : ''}`} role="listitem">
      <View className="ticket-main">
        <View className="ticket-stub"><Worth terms={terms} /></View>
        <View className="ticket-words">
          <Text className="ticket-name">{terms.name}</Text>
          <Text className="ticket-note figures">{(language === 'en' ? terms.sentenceEn : terms.sentence) || conditions(terms, text)}</Text>
          {note ? <Text className="ticket-note figures">{note}</Text> : null}
        </View>
      </View>
      {aside ? <View className="ticket-aside">{aside}</View> : null}
      {children}
    </View>
  );
}

function Worth({ terms }: { terms: CouponTerms }) {
  const text = useText();
  if (terms.kind !== 'amount-off' && terms.kind !== 'percent-off') {
    return <Text className="ticket-word">{text.coupons.kinds[terms.kind] ?? text.coupons.exchange}</Text>;
  }
  if (terms.kind === 'percent-off') {
    return (
      <View className="ticket-worth figures">
        <Text>{percentFigure(terms.percentOff ?? 0, text.coupons.zheUnit)}</Text>
        <Text className="ticket-unit">{text.coupons.zheUnit}</Text>
      </View>
    );
  }
  const figure = formatShortFen(terms.amountFen ?? 0);
  return (
    <View className={`ticket-worth figures ${figure.length > 4 ? 'is-long' : ''}`}>
      <Text className="ticket-unit">¥</Text>
      <Text>{figure}</Text>
    </View>
  );
}

// 20 % off is 八折 to a Chinese reader, 85 % of the price is 八五折.
function percentFigure(percentOff: number, unit: string): string {
  if (unit !== '折') return String(percentOff);
  const left = 100 - percentOff;
  return left % 10 === 0 ? String(left / 10) : (left / 10).toFixed(1);
}

function conditions(terms: CouponTerms, text: ReturnType<typeof useText>): string {
  return [
    terms.thresholdFen > 0 ? text.coupons.threshold(formatShortFen(terms.thresholdFen)) : text.coupons.noThreshold,
    terms.capFen ? text.coupons.capped(formatShortFen(terms.capFen)) : '',
  ].filter(Boolean).join(' · ');
}
