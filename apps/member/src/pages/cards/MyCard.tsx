import { Text, View } from '@tarojs/components';
import { useMemo, useState } from 'react';
import type { MemberCard } from '../../api/prepaid.ts';
import { qrSvg } from '../../code/qr.ts';
import { svgUri } from '../../code/svgUri.ts';
import { Action } from '../../components/Action.tsx';
import { Picture } from '../../components/Picture.tsx';
import { RefundSheet } from '../../components/RefundSheet.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { toast } from '../../components/toast.ts';
import { formatDay } from '../../format/instants.ts';
import { formatCount, formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { memberApi } from '../../session/session.ts';
import { useDeed } from '../../session/useDeed.ts';
import { agreeOnThisPlatform, payerOnThisPlatform } from '../../payment/platform.ts';

/** A card of the guest's: what is left, until when, whether it renews, and what can be done with it. */
export function MyCard({ card, onChanged }: { card: MemberCard; onChanged: () => void }) {
  const text = useText();
  const [isRefunding, setRefunding] = useState(false);
  const [signUrl, setSignUrl] = useState<string | null>(null);
  const isAlive = card.state === 'active' || card.state === 'paused';
  const deed = useDeed();
  const act = (run: () => Promise<unknown>, done?: string) => deed.act(async () => {
    await run();
    if (done) toast(done);
    onChanged();
  });
  const begin = () => act(async () => setSignUrl(await agreeOnThisPlatform(await memberApi.beginRenewal(card.id, await payerOnThisPlatform()))));
  const left = card.kind === 'count' ? text.cards.usesLeft : text.cards.daysLeft;
  return (
    <View className={`held-card ${isAlive ? '' : 'is-dim'}`} role="listitem">
      <View className="held-head">
        <Text className="held-name">{card.name}</Text>
        <Text className="held-state">{text.cards.states[card.state]}</Text>
      </View>
      <Text className="held-left figures">{left(formatCount(card.left), formatCount(card.units))}</Text>
      <Text className="row-note">{card.serves}{card.endsOn ? ` · ${text.cards.until(formatDay(card.endsOn))}` : ''}</Text>
      {card.kind === 'period' && isAlive && (card.mayRenew || card.renewal) ? <Text className="row-note figures">{text.cards.renewal} · {renewalWords(card, text)}</Text> : null}
      {isAlive ? (
        <View className="held-acts">
          {card.kind === 'period' && card.state === 'active' ? <Action kind="quiet" isBusy={deed.isBusy} text={text.cards.pause} onTap={() => void act(() => memberApi.turnCard(card.id, 'pause'), text.cards.paused)} /> : null}
          {card.state === 'paused' ? <Action kind="quiet" isBusy={deed.isBusy} text={text.cards.resume} onTap={() => void act(() => memberApi.turnCard(card.id, 'resume'))} /> : null}
          {card.mayRenew && card.state === 'active' && card.renewal?.state !== 'active' ? <Action kind="quiet" isBusy={deed.isBusy} text={text.cards.begin} onTap={() => void begin()} /> : null}
          {card.renewal && card.renewal.state !== 'ended' ? <Action kind="plain" isBusy={deed.isBusy} text={text.cards.end} onTap={() => void act(() => memberApi.turnCard(card.id, 'end-renewal'), text.cards.ended)} /> : null}
          {card.priceFen > 0 ? <Action kind="plain" text={text.cards.refund} onTap={() => setRefunding(true)} /> : null}
        </View>
      ) : null}
      {isRefunding ? <RefundSheet quotePath={`/me/cards/${card.id}:quote-refund`} path={`/me/cards/${card.id}:refund`} onClose={() => setRefunding(false)} onSent={onChanged} /> : null}
      {signUrl ? <SignSheet url={signUrl} onClose={() => { setSignUrl(null); onChanged(); }} /> : null}
    </View>
  );
}

function renewalWords({ renewal }: MemberCard, text: ReturnType<typeof useText>): string {
  if (!renewal || renewal.state === 'ended') return text.cards.renewalOff;
  if (renewal.state === 'signing') return text.cards.renewalSigning;
  if (renewal.attempts > 0) return text.cards.renewalFailed(formatCount(renewal.attempts), formatDay(renewal.nextTryOn ?? ''));
  return text.cards.renewalOn(formatDay(renewal.dueOn ?? ''), formatYuan(renewal.priceFen));
}

/** Where the guest agrees in WeChat that the card renews itself. */
function SignSheet({ url, onClose }: { url: string; onClose: () => void }) {
  const text = useText();
  const qr = useMemo(() => svgUri(qrSvg(url)), [url]);
  return (
    <Sheet title={text.cards.signTitle} onClose={onClose}>
      <View className="scan">
        <Picture className="scan-code" src={qr} label={text.cards.signTitle} />
        <Text className="scan-hint">{text.cards.signHint}</Text>
      </View>
    </Sheet>
  );
}
