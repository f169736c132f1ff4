import { Text, View } from '@tarojs/components';
import type { PointsMonth } from '../../api/member.ts';
import { Facts } from '../../components/Facts.tsx';
import { Tap } from '../../components/Tap.tsx';
import { formatCount, formatSigned } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';

export type MonthSummaryProps = { months: PointsMonth[]; chosen: string | null; onChoose: (month: string | null) => void };

/** The months that moved anything; a chosen one shows its account, and the statement below only its entries. */
export function MonthSummary({ months, chosen, onChoose }: MonthSummaryProps) {
  const text = useText();
  const month = months.find((one) => one.month === chosen);
  return (
    <>
      <View className="chips" role="tablist" aria-label={text.pointsMore.months}>
        {[null, ...months.map((one) => one.month)].map((one) => (
          <Tap key={one ?? 'all'} role="tab" className={`chip ${one === chosen ? 'is-on' : ''}`} isPressed={one === chosen} onTap={() => onChoose(one)}>
            <Text className="figures">{one === null ? text.pointsMore.all : text.pointsMore.month(one)}</Text>
          </Tap>
        ))}
      </View>
      {month ? (
        <Facts facts={[
          { name: text.pointsMore.opening, value: formatCount(month.opening) },
          { name: text.pointsMore.earned, value: formatSigned(month.earned), isGain: month.earned > 0 },
          { name: text.pointsMore.spent, value: formatSigned(month.spent) },
          ...(month.redeemed === 0 ? [] : [{ name: text.pointsMore.redeemed, value: formatSigned(month.redeemed) }]),
          ...(month.expired === 0 ? [] : [{ name: text.pointsMore.expired, value: formatSigned(month.expired) }]),
          ...(month.other === 0 ? [] : [{ name: text.pointsMore.other, value: formatSigned(month.other) }]),
          { name: text.pointsMore.closing, value: formatCount(month.closing), isStrong: true },
        ]} />
      ) : null}
    </>
  );
}
