import { Text, View } from '@tarojs/components';
import type { OrderSummary } from '../../api/order.ts';
import { Listing } from '../../components/Listing.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Tap } from '../../components/Tap.tsx';
import { formatInstant } from '../../format/instants.ts';
import { formatCount, formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { open } from '../../routes.ts';
import { memberApi } from '../../session/session.ts';
import { useStoreName } from '../../session/brandState.ts';
import { useListed } from '../../session/useListed.ts';

function OrdersPage() {
  const text = useText();
  return <Page title={text.orders.title} needsSignIn><OrdersContent /></Page>;
}

function OrdersContent() {
  const text = useText();
  const orders = useListed('orders', memberApi.orders, { isLive: true });
  return (
    <Listing list={orders} className="order-cards" isTall empty={<Notice icon="receipt" title={text.orders.empty} hint={text.orders.emptyHint} />}>
      {(order) => <OrderCard key={order.id} order={order} />}
    </Listing>
  );
}

function OrderCard({ order }: { order: OrderSummary }) {
  const text = useText();
  const store = useStoreName(order.storeId);
  return (
    <View role="listitem">
      <Tap className="order-card" role="link" onTap={() => open('order', { id: order.id })}>
        <View className="order-head">
          <Text className="order-store">{store}</Text>
          <Text className={`order-status is-${order.status}`}>{text.orders.status[order.status] ?? order.status}</Text>
        </View>
        <View className="order-foot">
          <Text className="row-note figures">{formatInstant(order.paidAt)} · {text.orders.items(formatCount(order.items))}</Text>
          <Text className="order-total figures">{formatYuan(order.netFen)}</Text>
        </View>
        {order.refundedFen > 0 ? <Text className="row-note figures">{text.order.refunded(formatYuan(order.refundedFen))}</Text> : null}
        {order.refundedFen === 0 && order.pointsEarned > 0 ? <Text className="row-note figures">{text.orders.earned(formatCount(order.pointsEarned))}</Text> : null}
      </Tap>
    </View>
  );
}

export default OrdersPage;
