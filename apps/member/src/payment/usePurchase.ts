import { useEffect, useRef, useState } from 'react';
import type { Pay } from '../api/payment.ts';
import { toast, toastProblem } from '../components/toast.ts';
import { newKey } from '../session/session.ts';
import { hasArrived } from './arrival.ts';
import { payerOnThisPlatform, payOnThisPlatform } from './platform.ts';

export type Purchase = {
  /** Begins it on the server. `pay` null: there is nothing to pay. `ask`: whether it is done, given up, or not decided (null). */
  begin: (payer: { wechatCode?: string }, key: string) => Promise<{ pay: Pay | null; ask: () => Promise<boolean | null> }>;
  words: { paid: string; failed: string; cancelled: string };
};

/** One purchase at a time: handed to WeChat Pay, and waited for until the server has seen the money. */
export function usePurchase(onPaid: () => void) {
  const [state, setState] = useState<{ isBusy: boolean; codeUrl: string | null }>({ isBusy: false, codeUrl: null });
  const round = useRef(0);
  // One key and one payer for one wish: a tap after a broken network asks for the same purchase again.
  const wish = useRef<{ of: string; key: string; payer: { wechatCode?: string } } | null>(null);
  useEffect(() => () => { round.current += 1; }, []);

  const stop = () => {
    round.current += 1;
    wish.current = null;
    setState({ isBusy: false, codeUrl: null });
  };
  const start = async (of: string, { begin, words }: Purchase) => {
    round.current += 1;
    const mine = round.current;
    setState({ isBusy: true, codeUrl: null });
    try {
      if (wish.current?.of !== of) wish.current = { of, key: newKey(), payer: await payerOnThisPlatform() };
      const { pay, ask } = await begin(wish.current.payer, wish.current.key);
      const outcome = pay ? await payOnThisPlatform(pay) : { kind: 'handed-over' as const };
      if (mine !== round.current) return;
      if (outcome.kind === 'cancelled') {
        toast(words.cancelled);
        return stop();
      }
      setState({ isBusy: true, codeUrl: outcome.kind === 'scan' ? outcome.codeUrl : null });
      const isPaid = await hasArrived(ask, () => mine === round.current);
      if (mine !== round.current) return;
      toast(isPaid ? words.paid : words.failed);
      stop();
      if (isPaid) onPaid();
    } catch (error) {
      if (mine !== round.current) return;
      setState({ isBusy: false, codeUrl: null });
      toastProblem(error);
    }
  };
  return { ...state, start, stop };
}
