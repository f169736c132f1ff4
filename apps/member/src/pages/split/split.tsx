import { useRouter } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Table, TableShare } from '../../api/table.ts';
import { Action } from '../../components/Action.tsx';
import { Notice, ProblemNotice } from '../../components/Notice.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Tap } from '../../components/Tap.tsx';
import { toastProblem } from '../../components/toast.ts';
import { formatCount, formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { PaySheet } from '../../payment/PaySheet.tsx';
import { memberApi } from '../../session/session.ts';
import { useResource } from '../../session/useResource.ts';
import { useSharePayment } from './useSharePayment.ts';

function SplitPage() {
  const text = useText();
  return <Page title={text.split.title} needsSignIn><SplitContent /></Page>;
}

function SplitContent() {
  const text = useText();
  const { bill: token = '' } = useRouter().params;
  const table = useResource(`table.${token}`, () => memberApi.table(token), { isLive: true });
  if (token === '') return <Notice icon="receipt" title={text.split.noBill} />;
  if (table.value) return <TableBill token={token} table={table.value} onChanged={() => void table.reload()} />;
  return table.problem ? <ProblemNotice problem={table.problem} onRetry={() => void table.reload()} /> : <Skeleton rows={6} />;
}

function TableBill({ token, table, onChanged }: { token: string; table: Table; onChanged: () => void }) {
  const text = useText();
  const mine = table.shares.find((share) => share.isMine && share.state === 'open');
  const isPaidByMe = table.shares.some((share) => share.isMine && share.state === 'paid');
  const claim = (no: number) => memberApi.claimShare(token, no).catch(toastProblem).finally(onChanged);
  return (
    <>
      <View className="figure-head">
        <Text className="figure-name">{table.note ?? table.storeName ?? ''}</Text>
        <Text className="figure-big figures">{formatYuan(mine?.totalFen ?? table.totalFen)}</Text>
        <View className="figure-notes"><Text className="figure-note figures">{text.split.whole(formatYuan(table.totalFen), formatYuan(table.paidFen))}</Text></View>
      </View>
      {table.state === 'void' ? <Notice icon="receipt" title={text.split.over} /> : null}
      {table.state === 'paid' ? <Notice icon="receipt" title={text.split.allPaid} /> : null}
      <Section title={mine || isPaidByMe ? text.split.mine : text.split.choose}>
        <View className="split-shares" role="radiogroup" aria-label={text.split.choose}>
          {table.shares.map((share) => <ShareTap key={share.no} share={share} isOpen={table.state === 'open'} onClaim={() => void claim(share.no)} />)}
        </View>
      </Section>
      {mine && table.state === 'open' ? <PaySection token={token} table={table} share={mine} onDone={onChanged} /> : null}
    </>
  );
}

function ShareTap({ share, isOpen, onClaim }: { share: TableShare; isOpen: boolean; onClaim: () => void }) {
  const text = useText();
  const dishes = share.lines.map((line) => (line.units > 0 ? `${line.name}${line.units > 1 ? ` ×${line.units}` : ''}` : `${line.name}(${text.split.part})`)).join('、');
  const word = share.state === 'paid' ? text.split.paid : share.isMine ? text.split.mine : share.isFree ? '' : text.split.taken;
  return (
    <Tap role="radio" className={`split-share ${share.isMine ? 'is-on' : ''}`} isPressed={share.isMine} isDisabled={!isOpen || !share.isFree} onTap={onClaim}>
      <View className="split-top"><Text className="split-name">{share.name}</Text><Text className="split-word">{word}</Text><Text className="split-figure figures">{formatYuan(share.totalFen)}</Text></View>
      <Text className="split-dishes">{dishes}</Text>
      {share.discountFen > 0 ? <Text className="split-discount figures">{text.split.discount(formatYuan(share.discountFen))}</Text> : null}
    </Tap>
  );
}

function PaySection({ token, table, share, onDone }: { token: string; table: Table; share: TableShare; onDone: () => void }) {
  const text = useText();
  const [usesPoints, setUsesPoints] = useState(false);
  const [usesStoredValue, setUsesStoredValue] = useState(true);
  const payment = useSharePayment(token, onDone);
  const pointsFen = usesPoints ? table.pointsWorthFen : 0;
  const storedValueFen = usesStoredValue ? Math.min(table.storedValueFen, share.totalFen - pointsFen) : 0;
  const restFen = share.totalFen - pointsFen - storedValueFen;
  const couldStore = Math.min(table.storedValueFen, share.totalFen - pointsFen);
  return (
    <Section>
      <View className="split-ways">
        {table.mostPoints > 0 ? <Way isOn={usesPoints} word={text.split.points(formatCount(table.mostPoints), formatYuan(table.pointsWorthFen))} onTap={() => setUsesPoints(!usesPoints)} /> : null}
        {table.storedValueFen > 0 ? <Way isOn={usesStoredValue} word={text.split.storedValue(formatYuan(couldStore))} onTap={() => setUsesStoredValue(!usesStoredValue)} /> : null}
        {table.isFrozen ? <Text className="split-dishes">{text.split.frozen}</Text> : null}
        {restFen > 0 ? <View className="split-top"><Text className="split-name">{text.split.rest}</Text><Text className="split-figure figures">{formatYuan(restFen)}</Text></View> : null}
      </View>
      <Action text={text.split.pay(formatYuan(share.totalFen))} isBusy={payment.state.step !== 'idle'} onTap={() => void payment.pay(table, share, { points: usesPoints ? table.mostPoints : 0, pointsFen, storedValueFen })} />
      {payment.state.codeUrl ? <PaySheet codeUrl={payment.state.codeUrl} amountFen={restFen} onClose={payment.stop} /> : null}
    </Section>
  );
}

function Way({ isOn, word, onTap }: { isOn: boolean; word: string; onTap: () => void }) {
  return <Tap role="checkbox" className={`split-way ${isOn ? 'is-on' : ''}`} isPressed={isOn} onTap={onTap}><Text>{isOn ? '✓ ' : ''}{word}</Text></Tap>;
}

export default SplitPage;
