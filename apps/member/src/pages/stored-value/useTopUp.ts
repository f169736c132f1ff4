import { useEffect, useRef, useState } from 'react';
import type { TopUpRequest } from '../../api/payment.ts';
import { toast, toastProblem } from '../../components/toast.ts';
import { currentText } from '../../locale/locale.ts';
import { memberApi, newKey } from '../../session/session.ts';
import { payerOnThisPlatform, payOnThisPlatform, type PayOutcome } from './pay.ts';

const WATCH_EVERY_MS = 2_000;
const WATCH_TIMES = 150;

type Wish = { key: string; request: TopUpRequest };

export type TopUpState = { step: 'idle' | 'starting' | 'waiting'; codeUrl: string | null };

const IDLE: TopUpState = { step: 'idle', codeUrl: null };

/** Starts a top-up, hands it to WeChat Pay and waits until the server has seen the money. */
export function useTopUp(onPaid: () => void) {
  const [state, setState] = useState<TopUpState>(IDLE);
  const round = useRef(0);
  // One key and one body for one wish: a tap after a broken network asks for the same top-up again.
  const wish = useRef<Wish | null>(null);
  useEffect(() => () => { round.current += 1; }, []);

  const stop = () => {
    round.current += 1;
    wish.current = null;
    setState(IDLE);
  };
  const start = async (planId: string) => {
    round.current += 1;
    const mine = round.current;
    setState({ step: 'starting', codeUrl: null });
    try {
      if (wish.current?.request.planId !== planId) wish.current = { key: newKey(), request: { planId, ...(await payerOnThisPlatform()) } };
      const begun = await memberApi.startTopUp(wish.current.request, wish.current.key);
      const outcome: PayOutcome = await payOnThisPlatform(begun.pay);
      if (mine !== round.current) return;
      if (outcome.kind === 'cancelled') {
        toast(currentText().storedValue.cancelled);
        stop();
        return;
      }
      setState({ step: 'waiting', codeUrl: outcome.kind === 'scan' ? outcome.codeUrl : null });
      const paid = await watchTopUp(begun.topUpId, () => mine === round.current);
      if (mine !== round.current) return;
      toast(paid ? currentText().storedValue.paid : currentText().storedValue.failed);
      stop();
      if (paid) onPaid();
    } catch (error) {
      if (mine !== round.current) return;
      setState(IDLE);
      toastProblem(error);
    }
  };
  return { state, start, stop };
}

// The notification from WeChat reaches the server, never this page: so the server is asked.
async function watchTopUp(id: string, isWanted: () => boolean): Promise<boolean> {
  for (let time = 0; time < WATCH_TIMES && isWanted(); time += 1) {
    const topUp = await memberApi.topUp(id).catch(() => null);
    if (topUp?.status === 'paid') return true;
    if (topUp?.status === 'cancelled') return false;
    await new Promise((resolve) => { setTimeout(resolve, WATCH_EVERY_MS); });
  }
  return false;
}
