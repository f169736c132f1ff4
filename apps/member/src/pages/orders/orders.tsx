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
import { useListed } from '../../session/useListed.ts';

const NAMES_SHOWN = 3;

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
  const count = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const names = order.lines.slice(0, NAMES_SHOWN).map((line) => line.name).join('、') + (order.lines.length > NAMES_SHOWN ? text.orders.etc : '');
  return (
    <Tap className="order-card" role="link" onTap={() => open('order', { id: order.id })}>
      <View className="order-head">
        <Text className="order-store">{order.storeName ?? ''}</Text>
        <Text className={`order-status is-${order.status}`}>{text.orders.status[order.status] ?? order.status}</Text>
      </View>
      <Text className="order-names">{names}</Text>
      <View className="order-foot">
        <Text className="row-note figures">{formatInstant(order.paidAt)} · {text.orders.items(formatCount(count))}</Text>
        <Text className="order-total figures">{formatYuan(order.netFen)}</Text>
      </View>
    </Tap>
  );
}

export default OrdersPage;
