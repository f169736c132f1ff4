import { View } from '@tarojs/components';
import { ProblemNotice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { useText } from '../../locale/locale.ts';
import { useBrand } from '../../session/brandState.ts';
import { memberApi, session } from '../../session/session.ts';
import { useStore } from '../../session/store.ts';
import { useResource } from '../../session/useResource.ts';
import { Benefits } from './Benefits.tsx';
import { Balances } from './Balances.tsx';
import { BrandHeader } from './BrandHeader.tsx';
import { CodeCard } from './CodeCard.tsx';
import { Menu } from './Menu.tsx';
import { TierCard } from './TierCard.tsx';
import { Welcome } from './Welcome.tsx';

function CardPage() {
  const text = useText();
  const { brand } = useBrand();
  const { token } = useStore(session);
  const me = useResource('me', memberApi.me, { isLive: true });
  return (
    <Page title={brand?.name ?? text.card.title} className="card-page">
      <BrandHeader name={me.value?.name ?? null} />
      {token === null ? <Welcome /> : null}
      {token !== null && me.value ? (
        <>
          <TierCard member={me.value} />
          <Balances member={me.value} />
          <CodeCard />
          <Menu />
          <Benefits names={me.value.tier?.benefits ?? []} />
        </>
      ) : null}
      {token !== null && me.value === null ? (
        me.problem ? <ProblemNotice problem={me.problem} onRetry={() => void me.reload()} /> : <CardSkeleton label={text.common.loading} />
      ) : null}
    </Page>
  );
}

function CardSkeleton({ label }: { label: string }) {
  return (
    <View role="status" aria-label={label}>
      <View className="tier-card is-waiting" />
      <View className="balances is-waiting" />
      <View className="code-card is-waiting" />
    </View>
  );
}

export default CardPage;
