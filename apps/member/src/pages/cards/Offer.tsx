import { Text, View } from '@tarojs/components';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { CardProduct } from '../../api/prepaid.ts';
import { qrSvg } from '../../code/qr.ts';
import { svgUri } from '../../code/svgUri.ts';
import { Action } from '../../components/Action.tsx';
import { Picture } from '../../components/Picture.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { Tap } from '../../components/Tap.tsx';
import { toast, toastProblem } from '../../components/toast.ts';
import { formatCount, formatYuan } from '../../format/money.ts';
import { currentText, useText } from '../../locale/locale.ts';
import { memberApi, newKey } from '../../session/session.ts';
import { payerOnThisPlatform, payOnThisPlatform } from '../stored-value/pay.ts';

const WATCH_EVERY_MS = 2_000;
const WATCH_TIMES = 150;

export type OfferProps = { product: CardProduct; isOpen: boolean; onOpen: () => void; onBought: () => void };

/** A card to buy. What would go back later is said before the guest pays. */
export function Offer({ product, isOpen, onOpen, onBought }: OfferProps) {
  const text = useText();
  const purchase = usePurchase(onBought);
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
          <Action text={product.priceFen > 0 ? text.cards.buy(formatYuan(product.priceFen)) : text.cards.take} isBusy={purchase.isBusy} onTap={() => void purchase.start(product.id)} />
        </View>
      ) : null}
      {purchase.codeUrl ? <PaySheet codeUrl={purchase.codeUrl} amountFen={product.priceFen} onClose={purchase.stop} /> : null}
    </View>
  );
}

function PaySheet({ codeUrl, amountFen, onClose }: { codeUrl: string; amountFen: number; onClose: () => void }) {
  const text = useText();
  const qr = useMemo(() => svgUri(qrSvg(codeUrl)), [codeUrl]);
  return (
    <Sheet title={text.storedValue.scanTitle} onClose={onClose}>
      <View className="scan">
        <Text className="scan-figure figures">{formatYuan(amountFen)}</Text>
        <Picture className="scan-code" src={qr} label={text.storedValue.scanTitle} />
        <Text className="scan-hint">{text.storedValue.scanHint}</Text>
      </View>
    </Sheet>
  );
}

/** One purchase at a time, under one key: a tap after a broken network asks for the same card again. */
function usePurchase(onBought: () => void) {
  const [isBusy, setBusy] = useState(false);
  const [codeUrl, setCodeUrl] = useState<string | null>(null);
  const round = useRef(0);
  const wish = useRef<{ key: string; request: { productId: string; wechatCode?: string } } | null>(null);
  useEffect(() => () => { round.current += 1; }, []);
  const stop = () => {
    round.current += 1;
    wish.current = null;
    setBusy(false);
    setCodeUrl(null);
  };
  const start = async (productId: string) => {
    round.current += 1;
    const mine = round.current;
    setBusy(true);
    try {
      if (wish.current?.request.productId !== productId) wish.current = { key: newKey(), request: { productId, ...(await payerOnThisPlatform()) } };
      const begun = await memberApi.buyCard(wish.current.request, wish.current.key);
      const outcome = begun.paymentId ? await payOnThisPlatform(begun.pay) : { kind: 'handed-over' as const };
      if (mine !== round.current) return;
      if (outcome.kind === 'cancelled') return stop();
      setCodeUrl(outcome.kind === 'scan' ? outcome.codeUrl : null);
      const isPaid = await watchCard(begun.card.id, () => mine === round.current);
      if (mine !== round.current) return;
      toast(isPaid ? currentText().cards.bought : currentText().cards.failed);
      stop();
      if (isPaid) onBought();
    } catch (error) {
      if (mine !== round.current) return;
      setBusy(false);
      toastProblem(error);
    }
  };
  return { isBusy, codeUrl, start, stop };
}

async function watchCard(id: string, isWanted: () => boolean): Promise<boolean> {
  for (let time = 0; time < WATCH_TIMES && isWanted(); time += 1) {
    const card = await memberApi.card(id).catch(() => null);
    if (card && card.state !== 'waiting') return card.state === 'active';
    await new Promise((resolve) => { setTimeout(resolve, WATCH_EVERY_MS); });
  }
  return false;
}
