import { Text, View } from '@tarojs/components';
import type { BrandTier } from '../../api/brand.ts';
import type { Member, TierState } from '../../api/member.ts';
import { ProblemNotice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { formatDay } from '../../format/instants.ts';
import { formatCount, formatShortFen } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { useBrand } from '../../session/brandState.ts';
import { memberApi } from '../../session/session.ts';
import { useResource } from '../../session/useResource.ts';
import { TierCard } from '../card/TierCard.tsx';

function TierPage() {
  const text = useText();
  return <Page title={text.tier.title} needsSignIn><TierContent /></Page>;
}

/** Where I am, what is missing, what I keep, and what each tier gives. */
function TierContent() {
  const me = useResource('me', memberApi.me, { isLive: true });
  const { brand } = useBrand();
  if (me.value === null) {
    return me.problem ? <ProblemNotice problem={me.problem} onRetry={() => void me.reload()} /> : <View className="tier-card is-waiting" role="status" />;
  }
  const { tier } = me.value;
  return (
    <>
      <TierCard member={me.value} />
      {tier ? <Next tier={tier} /> : null}
      {tier ? <Keeping tier={tier} /> : null}
      <Ladder tiers={brand?.tiers ?? []} member={me.value} />
    </>
  );
}

const ways = ['spendFen', 'visits', 'growth'] as const;
type Way = (typeof ways)[number];

function useWords() {
  const text = useText();
  return {
    name: (way: Way) => (way === 'spendFen' ? text.tier.spend : way === 'visits' ? text.tier.visits : text.tier.growth),
    amount: (way: Way, value: number) => (way === 'spendFen' ? `¥${formatShortFen(value)}` : way === 'visits' ? text.tier.times(formatCount(value)) : formatCount(value)),
  };
}

/** A bar for each way that the tier counts. */
function Ways({ missing, counted }: { missing: NonNullable<TierState['next']>['missing']; counted: TierState['counted'] }) {
  const text = useText();
  const words = useWords();
  return (
    <>
      {ways.filter((way) => missing[way] !== undefined).map((way) => {
        const [rest, done] = [missing[way] ?? 0, Math.max(0, counted[way])];
        const percent = done + rest === 0 ? 100 : Math.round((done * 100) / (done + rest));
        return (
          <View key={way} className="tier-way">
            <View className="tier-way-words">
              <Text>{words.name(way)} {words.amount(way, done)}</Text>
              <Text className="row-note figures">{rest > 0 ? text.tier.left(words.amount(way, rest)) : text.tier.reached}</Text>
            </View>
            <View className="way-track" role="progressbar" aria-valuenow={String(percent)} aria-label={words.name(way)}><View className="way-fill" style={{ width: `${percent}%` }} /></View>
          </View>
        );
      })}
    </>
  );
}

function Next({ tier }: { tier: TierState }) {
  const text = useText();
  const { next, counted } = tier;
  const span = text.tier.counted(counted.fromMonth, counted.untilMonth);
  if (!next) return <Section title={text.tier.top}><Text className="row-note figures">{span}</Text></Section>;
  const several = Object.keys(next.missing).length > 1;
  return (
    <Section title={text.tier.next(next.name)} {...(several ? { aside: next.condition === 'all' ? text.tier.nextAll : text.tier.nextAny } : {})}>
      <Ways missing={next.missing} counted={counted} />
      <Text className="row-note figures">{span}</Text>
    </Section>
  );
}

function Keeping({ tier }: { tier: TierState }) {
  const text = useText();
  const words = useWords();
  const { projected } = tier;
  if (!projected) return null;
  const day = formatDay(projected.on);
  const rests = ways.filter((way) => (projected.missing[way] ?? 0) > 0).map((way) => `${words.name(way)} ${words.amount(way, projected.missing[way] ?? 0)}`);
  return (
    <Section title={text.tier.keep}>
      <Text className={projected.isKept ? 'row-name' : 'row-name is-warning'}>
        {projected.isKept ? text.tier.kept(day) : text.tier.falls(projected.name ?? text.tier.noTier, day)}
      </Text>
      {rests.length > 0 ? <Text className="row-note figures">{text.tier.left(rests.join(' · '))}</Text> : null}
    </Section>
  );
}

function Ladder({ tiers, member }: { tiers: BrandTier[]; member: Member }) {
  const text = useText();
  if (tiers.length === 0) return null;
  return (
    <Section title={text.tier.ladder}>
      <View className="rows" role="list">
        {tiers.map((tier) => (
          <View key={tier.id} className="row" role="listitem">
            <View className="row-words">
              <Text className="row-name">{tier.name}{tier.id === member.tier?.id ? ` · ${text.tier.now}` : ''}</Text>
              <Text className="row-note figures">{asks(tier, text)}</Text>
              {tier.benefits?.length ? <Text className="row-note">{tier.benefits.join(' · ')}</Text> : null}
            </View>
            <View className="row-end"><Text className="row-note figures">{tier.pointsPercent && tier.pointsPercent !== 100 ? text.tier.rate(String(tier.pointsPercent / 100)) : ''}</Text></View>
          </View>
        ))}
      </View>
    </Section>
  );
}

function asks(tier: BrandTier, text: ReturnType<typeof useText>): string {
  const parts = [
    tier.spendFen ? text.tier.bySpend(`¥${formatShortFen(tier.spendFen)}`) : '',
    tier.visits ? text.tier.byVisits(formatCount(tier.visits)) : '',
    tier.growth ? text.tier.byGrowth(formatCount(tier.growth)) : '',
  ].filter(Boolean);
  return parts.length === 0 ? text.tier.free : parts.join(tier.condition === 'all' ? text.tier.and : text.tier.or);
}

export default TierPage;
