import { useRouter } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { MallItem } from '../../api/mall.ts';
import { Action } from '../../components/Action.tsx';
import { ItemPicture } from '../../components/ItemPicture.tsx';
import { ProblemNotice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { formatCount, formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { useBrand } from '../../session/brandState.ts';
import { memberApi } from '../../session/session.ts';
import { useResource } from '../../session/useResource.ts';
import { PaySheet } from '../../payment/PaySheet.tsx';
import { useRedeem } from './useRedeem.ts';

function MallItemPage() {
  const text = useText();
  return <Page title={text.mall.title} needsSignIn><ItemContent /></Page>;
}

function ItemContent() {
  const { id = '' } = useRouter().params;
  const item = useResource(`mall.${id}`, () => memberApi.mallItem(id), { isLive: true });
  if (item.value) return <Item item={item.value} />;
  return item.problem ? <ProblemNotice problem={item.problem} onRetry={() => void item.reload()} /> : <Skeleton rows={6} />;
}

function Item({ item }: { item: MallItem }) {
  const text = useText();
  const { brand } = useBrand();
  const [isAsking, setAsking] = useState(false);
  const { redeem, isBusy, codeUrl, stop } = useRedeem(item);
  const price = item.cashFen > 0 ? text.mall.price(formatCount(item.points), formatYuan(item.cashFen)) : text.mall.points(formatCount(item.points));
  const stores = (brand?.stores ?? []).filter((store) => item.storeIds.includes(store.id)).map((store) => store.name);
  const isFetched = item.kind === 'dish' || item.kind === 'goods';
  const notes = [
    isFetched ? text.mall.pickup(String(item.pickupDays)) : text.mall.atOnce,
    ...(stores.length > 0 ? [text.mall.stores(stores.join('、'))] : []),
    ...(item.perMember === null ? [] : [text.mall.limit(String(item.perMember))]),
    ...(item.taken > 0 ? [text.mall.taken(String(item.taken))] : []),
  ];
  return (
    <>
      <ItemPicture className="mall-large" pictureId={item.pictureId} name={item.name} />
      <View className="mall-about">
        <Text className="mall-title">{item.name}</Text>
        <Text className="mall-figure figures">{price}</Text>
        {item.reasons.map((reason) => (
          <Text key={reason.code} className="mall-reason figures">{reason.missing?.['points'] ? text.mall.missing(formatCount(reason.missing['points'])) : text.mall.reasons[reason.code] ?? reason.message}</Text>
        ))}
      </View>
      <Section>
        {item.description ? <Text className="mall-words">{item.description}</Text> : null}
        {notes.map((note) => <Text key={note} className="mall-line figures">{note}</Text>)}
      </Section>
      <Action text={item.cashFen > 0 ? text.mall.pay(formatYuan(item.cashFen)) : text.mall.redeem} isDisabled={!item.isRedeemable} isBusy={isBusy} onTap={() => setAsking(true)} />
      {isAsking ? (
        <Sheet title={text.mall.confirm} onClose={() => setAsking(false)}>
          <View className="mall-ask">
            <Text className="mall-title">{item.name}</Text>
            <Text className="mall-line figures">{text.mall.confirmText(price)}</Text>
            <Action text={text.mall.redeem} onTap={() => { setAsking(false); void redeem(); }} />
          </View>
        </Sheet>
      ) : null}
      {codeUrl ? <PaySheet codeUrl={codeUrl} amountFen={item.cashFen} onClose={stop} /> : null}
    </>
  );
}

export default MallItemPage;
