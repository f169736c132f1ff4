import { Text, View } from '@tarojs/components';
import type { MallItem } from '../../api/mall.ts';
import { ItemPicture } from '../../components/ItemPicture.tsx';
import { Listing } from '../../components/Listing.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Tap } from '../../components/Tap.tsx';
import { formatCount, formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { open } from '../../routes.ts';
import { memberApi } from '../../session/session.ts';
import { useListed } from '../../session/useListed.ts';
import { useResource } from '../../session/useResource.ts';

const LOW_STOCK = 20;

function MallPage() {
  const text = useText();
  return <Page title={text.mall.title} needsSignIn><MallContent /></Page>;
}

function MallContent() {
  const text = useText();
  const me = useResource('me', memberApi.me, { isLive: true });
  const items = useListed('mall', memberApi.mallItems, { isLive: true });
  return (
    <>
      <View className="mall-head">
        <View>
          <Text className="figure-name">{text.mall.balance}</Text>
          <Text className="mall-balance figures">{me.value ? formatCount(me.value.points.active) : '–'}</Text>
        </View>
        <Tap className="mall-mine" role="link" onTap={() => open('redemptions')}><Text>{text.mall.mine}</Text></Tap>
      </View>
      <Listing list={items} className="mall-grid" isTall empty={<Notice icon="gift" title={text.mall.empty} hint={text.mall.emptyHint} />}>
        {(item) => <Card key={item.id} item={item} />}
      </Listing>
    </>
  );
}

function Card({ item }: { item: MallItem }) {
  const text = useText();
  const [reason] = item.reasons;
  const price = item.cashFen > 0 ? text.mall.price(formatCount(item.points), formatYuan(item.cashFen)) : text.mall.points(formatCount(item.points));
  const isLow = item.left !== null && item.left > 0 && item.left <= LOW_STOCK;
  const note = reason ? (reason.missing?.['points'] ? text.mall.missing(formatCount(reason.missing['points'])) : text.mall.reasons[reason.code] ?? reason.message) : isLow ? text.mall.left(formatCount(item.left ?? 0)) : '';
  return (
    <View className="mall-cell" role="listitem">
      <Tap className={`mall-item ${reason ? 'is-dim' : ''}`} role="link" label={`${item.name} ${price} ${note}`} onTap={() => open('mall-item', { id: item.id })}>
        <ItemPicture className="mall-picture" pictureId={item.pictureId} name={item.name} />
        <Text className="mall-name">{item.name}</Text>
        <Text className="mall-price figures">{price}</Text>
        <Text className="mall-note figures">{note}</Text>
      </Tap>
    </View>
  );
}

export default MallPage;
