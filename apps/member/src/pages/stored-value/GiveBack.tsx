import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Action } from '../../components/Action.tsx';
import { Section } from '../../components/Page.tsx';
import { RefundSheet } from '../../components/RefundSheet.tsx';
import { StatementRow } from '../../components/StatementRow.tsx';
import { toast, toastProblem } from '../../components/toast.ts';
import { formatInstant } from '../../format/instants.ts';
import { formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { memberApi } from '../../session/session.ts';
import { useResource } from '../../session/useResource.ts';

/** The ways out of stored value but spending it: money back, and a freeze when the phone is lost. */
export function GiveBack({ onChanged }: { onChanged: () => void }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const withdrawals = useResource('withdrawals', () => memberApi.withdrawals(), { isLive: true });
  const freeze = async () => {
    try {
      await memberApi.reportLoss(text.refund.loss);
      toast(text.refund.lossDone);
      onChanged();
    } catch (error) {
      toastProblem(error);
    }
  };
  const asked = withdrawals.value?.items ?? [];
  return (
    <Section title={text.refund.title}>
      <View className="give-back">
        <Action kind="quiet" text={text.refund.ask} onTap={() => setOpen(true)} />
        <Action kind="plain" text={text.refund.loss} onTap={() => void freeze()} />
      </View>
      <Text className="plan-terms">{text.refund.lossHint}</Text>
      {asked.length > 0 ? (
        <View className="rows" role="list" aria-label={text.refund.list}>
          {asked.map((one) => (
            <StatementRow key={one.id} name={text.refund.states[one.state]} note="" at={formatInstant(one.askedAt)} figure={formatYuan(one.refundFen)} isGain={false} />
          ))}
        </View>
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
