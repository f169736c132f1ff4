import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Notice, ProblemNotice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useText } from '../../locale/locale.ts';
import { memberApi } from '../../session/session.ts';
import { useResource } from '../../session/useResource.ts';
import { MyCard } from './MyCard.tsx';
import { Offer } from './Offer.tsx';

function CardsPage() {
  const text = useText();
  return <Page title={text.cards.title} needsSignIn><CardsContent /></Page>;
}

function CardsContent() {
  const text = useText();
  const cards = useResource('cards', memberApi.cards, { isLive: true });
  const products = useResource('card-products', memberApi.cardProducts);
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <>
      <Section title={text.cards.mine}>
        {cards.value === null && cards.problem ? <ProblemNotice problem={cards.problem} onRetry={() => void cards.reload()} /> : null}
        {cards.value === null && !cards.problem ? <Skeleton rows={2} isTall /> : null}
        {cards.value?.items.length === 0 ? <Notice icon="ticket" title={text.cards.none} hint={text.cards.noneHint} /> : null}
        <View className="held-cards" role="list">{cards.value?.items.map((card) => <MyCard key={card.id} card={card} onChanged={() => void cards.reload()} />)}</View>
      </Section>
      <Section title={text.cards.offered}>
        {products.value === null && products.problem ? <ProblemNotice problem={products.problem} onRetry={() => void products.reload()} /> : null}
        {products.value === null && !products.problem ? <Skeleton rows={2} isTall /> : null}
        {products.value?.items.length === 0 ? <Text className="page-note">{text.cards.noOffer}</Text> : null}
        <View className="held-cards" role="list">
          {products.value?.items.map((product) => (
            <Offer key={product.id} product={product} isOpen={openId === product.id} onOpen={() => setOpenId(openId === product.id ? null : product.id)} onBought={() => void cards.reload()} />
          ))}
        </View>
      </Section>
    </>
  );
}

export default CardsPage;
