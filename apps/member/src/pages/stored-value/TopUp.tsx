import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { TopUpPlan } from '../../api/brand.ts';
import { Action } from '../../components/Action.tsx';
import { ProblemNotice } from '../../components/Notice.tsx';
import { Section } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { Tap } from '../../components/Tap.tsx';
import { formatShortFen, formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { PaySheet } from '../../payment/PaySheet.tsx';
import { usePurchase } from '../../payment/usePurchase.ts';
import { memberApi } from '../../session/session.ts';
import { useResource } from '../../session/useResource.ts';

/** Whether a top-up has ended well. */
const DONE = { waiting: null, paid: true, cancelled: false } as const;

export function TopUp({ onPaid }: { onPaid: () => void }) {
  const text = useText();
  const plans = useResource('top-up-plans', memberApi.topUpPlans);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const topUp = usePurchase(onPaid);
  const start = (planId: string) => topUp.start(planId, {
    words: { paid: text.storedValue.paid, failed: text.storedValue.failed, cancelled: text.storedValue.cancelled },
    begin: async (payer, key) => {
      const begun = await memberApi.startTopUp({ planId, ...payer }, key);
      return { pay: begun.pay, ask: async () => DONE[(await memberApi.topUp(begun.topUpId)).status] };
    },
  });
  const chosen = plans.value?.items.find((plan) => plan.id === chosenId) ?? null;
  return (
    <Section title={text.storedValue.plans}>
      {plans.value ? <Plans plans={plans.value.items} chosenId={chosenId} onChoose={setChosenId} /> : null}
      {plans.value === null && plans.problem ? <ProblemNotice problem={plans.problem} onRetry={() => void plans.reload()} /> : null}
      {plans.value === null && !plans.problem ? <Skeleton rows={2} isTall /> : null}
      {plans.value && plans.value.items.length > 0 ? (
        <>
          {chosen?.refunds ? <RefundExamples plan={chosen} /> : null}
          <Action
            text={chosen ? text.storedValue.pay(formatYuan(chosen.principalFen)) : text.storedValue.choose}
            isDisabled={chosen === null}
            isBusy={topUp.isBusy}
            onTap={() => { if (chosen) void start(chosen.id); }}
          />
          <Text className="plan-terms">{text.storedValue.agree}</Text>
        </>
      ) : null}
      {topUp.codeUrl ? <PaySheet codeUrl={topUp.codeUrl} amountFen={chosen?.principalFen ?? 0} onClose={topUp.stop} /> : null}
    </Section>
  );
}

/** What would go back later, before the guest pays. */
function RefundExamples({ plan }: { plan: TopUpPlan }) {
  const text = useText();
  return (
    <View className="refund-examples">
      <Text className="refund-head">{text.refund.before}</Text>
      {(plan.refunds ?? []).map((one) => (
        <Text key={one.spentFen} className="refund-line figures">{text.refund.example(formatYuan(one.spentFen), formatYuan(one.consumerFen), formatYuan(one.merchantFen))}</Text>
      ))}
    </View>
  );
}

type PlansProps = { plans: TopUpPlan[]; chosenId: string | null; onChoose: (id: string) => void };

function Plans({ plans, chosenId, onChoose }: PlansProps) {
  const text = useText();
  if (plans.length === 0) return <View className="plan-none"><Text>{text.storedValue.noPlans}</Text></View>;
  return (
    <View className="plans" role="radiogroup" aria-label={text.storedValue.plans}>
      {plans.map((plan) => (
        <Tap
          key={plan.id}
          role="radio"
          className={`plan ${plan.id === chosenId ? 'is-on' : ''}`}
          isPressed={plan.id === chosenId}
          onTap={() => onChoose(plan.id)}
        >
          <View className="plan-figure figures">
            <Text className="plan-unit">¥</Text>
            <Text>{formatShortFen(plan.principalFen)}</Text>
          </View>
          <Text className={`plan-gift figures ${plan.bonusFen > 0 ? '' : 'is-none'}`}>
            {plan.bonusFen > 0 ? text.storedValue.gift(`¥${formatShortFen(plan.bonusFen)}`) : text.storedValue.noGift}
          </Text>
        </Tap>
      ))}
    </View>
  );
}
