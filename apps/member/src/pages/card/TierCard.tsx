import { Text, View } from '@tarojs/components';
import type { Member } from '../../api/member.ts';
import { Tap } from '../../components/Tap.tsx';
import { formatLastDay } from '../../format/instants.ts';
import { formatCount, formatShortFen } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { isHere, open } from '../../routes.ts';
import { useBrand } from '../../session/brandState.ts';
import { tierProgress } from './tierProgress.ts';

export function TierCard({ member }: { member: Member }) {
  const text = useText();
  const { brand } = useBrand();
  const tier = member.tier;
  const progress = tierProgress(member);
  return (
    <Tap className={`tier-card rank-${Math.min(tier?.rank ?? 0, 5)}`} role="link" label={`${text.tier.title} ${tier?.name ?? ''}`} onTap={() => { if (!isHere('tier')) open('tier'); }}>
      <View className="tier-glow" />
      <View className="tier-ring" />
      <View className="tier-top">
        <View>
          <Text className="tier-name">{tier?.name ?? text.card.noTier}</Text>
          <Text className="tier-until figures">No. {member.memberNo}</Text>
          {tier?.until ? <Text className="tier-until figures">{text.card.until(formatLastDay(tier.until))}</Text> : null}
        </View>
        <View className="tier-logo"><Text>{brand?.theme.logoText ?? ''}</Text></View>
      </View>
      <View className="tier-bottom">
        <View className="tier-track" role="progressbar" aria-valuenow={String(Math.round(progress.share * 100))} aria-label={tier?.next?.name ?? tier?.name ?? ''}>
          <View className="tier-fill" style={{ width: `${Math.round(progress.share * 100)}%` }} />
        </View>
        <Text className="tier-next figures">{nextLine(member, text)}</Text>
      </View>
    </Tap>
  );
}

function nextLine(member: Member, text: ReturnType<typeof useText>): string {
  const next = member.tier?.next;
  if (!next) return member.tier ? text.card.tierTop : '';
  const { spendFen, visits, growth } = next.missing;
  const parts = [
    spendFen ? text.card.spend(`¥${formatShortFen(spendFen)}`) : '',
    visits ? text.card.visits(formatCount(visits)) : '',
    growth ? text.tier.byGrowth(formatCount(growth)) : '',
  ].filter(Boolean);
  return text.card.toNext(parts.join(next.condition === 'all' ? text.card.and : text.card.or), next.name);
}
