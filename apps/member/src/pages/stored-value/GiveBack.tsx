import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Withdrawal } from '../../api/prepaid.ts';
import { Action } from '../../components/Action.tsx';
import { Section } from '../../components/Page.tsx';
import { RefundSheet } from '../../components/RefundSheet.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { StatementRow } from '../../components/StatementRow.tsx';
import { Tap } from '../../components/Tap.tsx';
import { toast } from '../../components/toast.ts';
import { formatInstant } from '../../format/instants.ts';
import { formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { memberApi } from '../../session/session.ts';
import { useDeed } from '../../session/useDeed.ts';
import { useResource } from '../../session/useResource.ts';

const isOwn = (by: string | null): boolean => by?.startsWith('member:') ?? false;
const isTakenBack = ({ state, decidedBy }: Withdrawal): boolean => state === 'declined' && isOwn(decidedBy);

/** The ways out of stored value but spending it: money back, and a freeze when the phone is lost. */
export function GiveBack({ hasValue, onChanged }: { hasValue: boolean; onChanged: () => void }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const withdrawals = useResource('withdrawals', () => memberApi.withdrawals(), { isLive: true });
  const [unwanted, setUnwanted] = useState<Withdrawal | null>(null);
  const [isLosing, setLosing] = useState(false);
  const { isBusy, act } = useDeed(() => {
    setUnwanted(null);
    setLosing(false);
    onChanged();
    return withdrawals.reload();
  });
  const freeze = () => act(async () => {
    await memberApi.reportLoss(text.refund.loss);
    toast(text.refund.lossDone);
  });
  const asked = withdrawals.value?.items ?? [];
  // Whoever asked for all of it has nothing left, and may want it back.
  if (!hasValue && asked.length === 0) return null;
  return (
    <Section title={text.refund.title}>
      {hasValue ? (
        <>
          <View className="give-back">
            <Action kind="quiet" text={text.refund.ask} onTap={() => setOpen(true)} />
            <Action kind="plain" text={text.refund.loss} onTap={() => setLosing(true)} />
          </View>
          <Text className="plan-terms">{text.refund.lossHint}</Text>
        </>
      ) : null}
      {asked.length > 0 ? (
        <View className="rows" role="list" aria-label={text.refund.list}>
          {asked.map((one) => (
            <StatementRow
              key={one.id} name={isTakenBack(one) ? text.refund.takenBack : text.refund.states[one.state]} note="" at={formatInstant(one.askedAt)} figure={formatYuan(one.refundFen)} isGain={false}
            >
              {one.state === 'waiting' && isOwn(one.askedBy) ? <Tap className="row-link" onTap={() => setUnwanted(one)}><Text>{text.refund.takeBack}</Text></Tap> : null}
            </StatementRow>
          ))}
        </View>
      ) : null}
      {unwanted ? (
        <Sheet title={text.refund.takeBack} onClose={() => setUnwanted(null)}>
          <Text className="page-note">{text.refund.takeBackHint(formatYuan(unwanted.refundFen))}</Text>
          <Action text={text.refund.takeBack} isBusy={isBusy} onTap={() => void act(() => memberApi.takeBackRefund(unwanted.id))} />
        </Sheet>
      ) : null}
      {isLosing ? (
        <Sheet title={text.refund.loss} onClose={() => setLosing(false)}>
          <Text className="page-note">{text.refund.lossHint}</Text>
          <Action text={text.refund.loss} isBusy={isBusy} onTap={() => void freeze()} />
        </Sheet>
      ) : null}
      {isOpen ? (
        <RefundSheet
          quotePath="/me/stored-value:quote-withdrawal" path="/me/stored-value:withdraw" onClose={() => setOpen(false)}
          onSent={() => { void withdrawals.reload(); onChanged(); }}
        />
      ) : null}
    </Section>
  );
}
