import { Text, View } from '@tarojs/components';
import type { CardProduct } from '../../api/prepaid.ts';
import { Action } from '../../components/Action.tsx';
import { Tap } from '../../components/Tap.tsx';
import { formatCount, formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { PaySheet } from '../../payment/PaySheet.tsx';
import { usePurchase } from '../../payment/usePurchase.ts';
import { memberApi } from '../../session/session.ts';

export type OfferProps = { product: CardProduct; isOpen: boolean; onOpen: () => void; onBought: () => void };

/** A card to buy. What would go back later is said before the guest pays. */
export function Offer({ product, isOpen, onOpen, onBought }: OfferProps) {
  const text = useText();
  const purchase = usePurchase(onBought);
  const buy = () => purchase.start(product.id, {
    words: { paid: text.cards.bought, failed: text.cards.failed, cancelled: text.storedValue.cancelled },
    begin: async (payer, key) => {
      const begun = await memberApi.buyCard({ productId: product.id, ...payer }, key);
      return { pay: begun.paymentId ? begun.pay : null, ask: () => isMine(begun.card.id) };
    },
  });
  const isDay = product.kind === 'period';
  const count = isDay ? text.cards.days : text.cards.uses;
  return (
    <View className="held-card" role="listitem">
      <Tap className="held-tap" label={product.name} isPressed={isOpen} onTap={onOpen}>
        <View className="held-head">
          <Text className="held-name">{product.name}</Text>
          <Text className="held-price figures">{formatYuan(product.priceFen)}</Text>
        </View>
        <Text className="row-note figures">{product.serves} · {count(formatCount(product.units))} · {text.cards.each(formatYuan(Math.round(product.priceFen / product.units)), isDay)}</Text>
      </Tap>
      {isOpen ? (
        <View className="held-acts">
          {product.priceFen > 0 ? (
            <View className="refund-examples">
              <Text className="refund-head">{text.refund.before}</Text>
              {product.refunds.map((one) => (
                <Text key={one.used} className="refund-line figures">{text.cards.refundHint(count(formatCount(one.used)), formatYuan(one.consumerFen), formatYuan(one.merchantFen))}</Text>
              ))}
            </View>
          ) : null}
          <Action text={product.priceFen > 0 ? text.cards.buy(formatYuan(product.priceFen)) : text.cards.take} isBusy={purchase.isBusy} onTap={() => void buy()} />
        </View>
      ) : null}
      {purchase.codeUrl ? <PaySheet codeUrl={purchase.codeUrl} amountFen={product.priceFen} onClose={purchase.stop} /> : null}
    </View>
  );
}

async function isMine(cardId: string): Promise<boolean | null> {
  const { state } = await memberApi.card(cardId);
  return state === 'waiting' ? null : state === 'active';
}
