import { Text, View } from '@tarojs/components';
import type { BrandTier } from '../../api/brand.ts';
import type { Member } from '../../api/member.ts';
import { formatLastDay } from '../../format/instants.ts';
import { formatCount, formatShortFen } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { useBrand } from '../../session/brandState.ts';
import { tierProgress } from './tierProgress.ts';

export function TierCard({ member }: { member: Member }) {
  const text = useText();
  const { brand } = useBrand();
  const tier = member.tier;
  const progress = tierProgress(member, brand?.tiers ?? []);
  return (
    <View className={`tier-card rank-${Math.min(tier?.rank ?? 0, 5)}`}>
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
        <Text className="tier-next figures">{nextLine(member, text, brand?.tiers ?? [])}</Text>
      </View>
    </View>
  );
}

function nextLine(member: Member, text: ReturnType<typeof useText>, tiers: BrandTier[]): string {
  const next = member.tier?.next;
  if (!next) return member.tier ? text.card.tierTop : '';
  const { spendFen, visits } = next.missing;
  const parts = [
    spendFen ? text.card.spend(`¥${formatShortFen(spendFen)}`) : '',
    visits ? text.card.visits(formatCount(visits)) : '',
  ].filter(Boolean);
  const needsAll = tiers.find((one) => one.name === next.name)?.condition === 'all';
  return text.card.toNext(parts.join(needsAll ? text.card.and : text.card.or), next.name);
}
