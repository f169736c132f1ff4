import { useRouter } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import type { Order, OrderLine } from '../../api/order.ts';
import { Facts } from '../../components/Facts.tsx';
import { ProblemNotice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { useStoreName } from '../../session/brandState.ts';
import { memberApi } from '../../session/session.ts';
import { useResource } from '../../session/useResource.ts';
import { aboutFacts, priceFacts, returnFacts, tenderFacts } from './orderFacts.ts';

function OrderPage() {
  const text = useText();
  return <Page title={text.order.title} needsSignIn><OrderContent /></Page>;
}

function OrderContent() {
  const { id = '' } = useRouter().params;
  const order = useResource(`order.${id}`, () => memberApi.order(id), { isLive: true });
  if (order.value) return <Receipt order={order.value} />;
  return order.problem ? <ProblemNotice problem={order.problem} onRetry={() => void order.reload()} /> : <Skeleton rows={8} />;
}

function Receipt({ order }: { order: Order }) {
  const text = useText();
  const store = useStoreName(order.storeId);
  return (
    <>
      <View className="figure-head">
        <Text className="figure-name">{store}</Text>
        <Text className="figure-big figures">{formatYuan(order.netFen)}</Text>
        <View className="figure-notes">
          <Text className={`order-status is-${order.status}`}>{text.orders.status[order.status] ?? order.status}</Text>
          {order.refundedFen > 0 ? <Text className="figure-note figures">{text.order.refunded(formatYuan(order.refundedFen))}</Text> : null}
          {order.waitingRefunds?.length ? <Text className="figure-note">{text.order.refundWaits}</Text> : null}
        </View>
      </View>
      <Section title={text.order.lines}>
        <View className="rows" role="list">{order.lines.map((line) => <Line key={line.lineId} line={line} />)}</View>
        <Facts facts={priceFacts(order, text)} />
      </Section>
      <Section title={text.order.tenders}><Facts facts={tenderFacts(order, text)} /></Section>
      {order.returns.length > 0 ? <Section title={text.order.returns}><Facts facts={returnFacts(order, text)} /></Section> : null}
      <Section><Facts facts={aboutFacts(order, text)} /></Section>
    </>
  );
}

function Line({ line }: { line: OrderLine }) {
  const text = useText();
  return (
    <View className="row" role="listitem">
      <View className="row-words">
        <Text className="row-name">{line.name}</Text>
        <Text className="row-note figures">
          {formatYuan(line.unitPriceFen)} × {line.quantity}
          {line.returnedQuantity > 0 ? ` · ${text.order.returned(String(line.returnedQuantity))}` : ''}
        </Text>
      </View>
      <View className="row-end">
        <Text className="row-figure figures">{formatYuan(line.netFen)}</Text>
        {line.discountFen > 0 ? <Text className="row-before figures">{formatYuan(line.grossFen)}</Text> : null}
      </View>
    </View>
  );
}

export default OrderPage;
