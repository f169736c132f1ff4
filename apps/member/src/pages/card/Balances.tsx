import { Text, View } from '@tarojs/components';
import type { Member } from '../../api/member.ts';
import { Tap } from '../../components/Tap.tsx';
import { daysUntil, formatDay } from '../../format/instants.ts';
import { formatCount, formatFen } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { open, type RouteName } from '../../routes.ts';

/** Points that go within this time are worth a line in red; those of next year are not. */
const SOON_DAYS = 60;

export function Balances({ member }: { member: Member }) {
  const text = useText();
  const { active, expiring } = member.points;
  const { principalFen, bonusFen } = member.storedValue;
  return (
    <View className="balances">
      <View className="balance-row">
        <Balance name={text.card.points} figure={formatCount(active)} route="points" />
        <Balance name={text.card.storedValue} figure={formatFen(principalFen + bonusFen)} unit="¥" route="stored-value" />
        <Balance name={text.card.coupons} figure={formatCount(member.couponsUsable)} route="coupons" />
      </View>
      {expiring && daysUntil(expiring.on, new Date()) <= SOON_DAYS ? (
        <Tap className="balance-note" role="link" onTap={() => open('points')}>
          <Text className="figures">{text.card.expiring(formatCount(expiring.points), formatDay(expiring.on))}</Text>
        </Tap>
      ) : null}
    </View>
  );
}

function Balance({ name, figure, unit, route }: { name: string; figure: string; unit?: string; route: RouteName }) {
  return (
    <Tap className="balance" role="link" label={`${name} ${unit ?? ''}${figure}`} onTap={() => open(route)}>
      <View className="balance-figure">
        {unit ? <Text className="balance-unit">{unit}</Text> : null}
        <Text className={`figures ${figure.length > 8 ? 'is-long' : ''}`}>{figure}</Text>
      </View>
      <Text className="balance-name">{name}</Text>
    </Tap>
  );
}
