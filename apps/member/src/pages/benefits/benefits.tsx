import Taro from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Benefit, BenefitUse } from '../../api/mall.ts';
import { Icon } from '../../components/Icon.tsx';
import { Listing } from '../../components/Listing.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Tap } from '../../components/Tap.tsx';
import { toast, toastProblem } from '../../components/toast.ts';
import { formatInstant, formatLastDay } from '../../format/instants.ts';
import { formatCount } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { memberApi } from '../../session/session.ts';
import { useListed } from '../../session/useListed.ts';

function BenefitsPage() {
  const text = useText();
  return <Page title={text.benefits.title} needsSignIn><BenefitsContent /></Page>;
}

function BenefitsContent() {
  const text = useText();
  const benefits = useListed('benefits', memberApi.benefits, { isLive: true });
  const uses = useListed('benefit-uses', memberApi.benefitUses, { isLive: true });
  const [busyId, setBusyId] = useState<string | null>(null);
  const claim = async (benefit: Benefit) => {
    setBusyId(benefit.id);
    try {
      const { points, code } = await memberApi.claimBenefit(benefit.id);
      toast(points ? text.benefits.gotPoints(formatCount(points)) : code ? text.benefits.gotCode(code) : text.benefits.gotCoupon);
    } catch (error) {
      toastProblem(error);
    }
    setBusyId(null);
    await Promise.all([benefits.reload(), uses.reload()]);
  };
  return (
    <>
      <Listing list={benefits} className="rows section" empty={<Notice icon="star" title={text.benefits.empty} hint={text.benefits.emptyHint} />}>
        {(benefit) => <Row key={benefit.id} benefit={benefit} isBusy={busyId === benefit.id} onClaim={() => void claim(benefit)} />}
      </Listing>
      {uses.value && uses.value.length > 0 ? (
        <Section title={text.benefits.uses}>
          <Listing list={uses} className="rows" empty={null}>{(use) => <UseRow key={use.id} use={use} />}</Listing>
        </Section>
      ) : null}
    </>
  );
}

function Row({ benefit, isBusy, onClaim }: { benefit: Benefit; isBusy: boolean; onClaim: () => void }) {
  const text = useText();
  const quota = benefit.left === null ? text.benefits.unlimited : text.benefits.left(String(benefit.left), String(benefit.quota ?? 0));
  const until = benefit.validUntil ? text.benefits.until(formatLastDay(benefit.validUntil)) : text.benefits.always;
  return (
    <View className={`row ${benefit.isUsable || benefit.isApplied ? '' : 'is-dim'}`} role="listitem">
      <View className="benefit-icon"><Icon name={benefit.kind === 'coupon' ? 'ticket' : 'star'} /></View>
      <View className="row-words">
        <Text className="row-name">{benefit.name}</Text>
        {benefit.description ? <Text className="row-note">{benefit.description}</Text> : null}
        <Text className="row-note figures">{`${quota} · ${until}`}</Text>
      </View>
      {benefit.isClaimable
        ? <Tap className="claim" label={`${text.benefits.claim} ${benefit.name}`} isDisabled={isBusy} onTap={onClaim}><Text>{text.benefits.claim}</Text></Tap>
        : <Text className="row-note">{benefit.isApplied ? text.benefits.applied : benefit.isUsable ? text.benefits.atCounter : text.benefits.usedUp}</Text>}
    </View>
  );
}

function UseRow({ use }: { use: BenefitUse }) {
  const text = useText();
  const { code } = use;
  return (
    <View className="row" role="listitem">
      <View className="row-words">
        <Text className="row-name">{use.name}</Text>
        <Text className="row-note figures">{formatInstant(use.at)}</Text>
        {code ? <Text className="row-note figures">{text.benefits.gotCode(code)}</Text> : null}
      </View>
      {use.undoneAt ? <Text className="row-note">{text.benefits.undone}</Text> : null}
      {code && !use.undoneAt ? <Tap className="claim" label={`${text.benefits.copy} ${use.name}`} onTap={() => void Taro.setClipboardData({ data: code })}><Text>{text.benefits.copy}</Text></Tap> : null}
    </View>
  );
}

export default BenefitsPage;
