import { useEffect, useRef, useState } from 'react';
import type { Table, TableShare, TableTender } from '../../api/table.ts';
import { toast, toastProblem } from '../../components/toast.ts';
import { currentText } from '../../locale/locale.ts';
import { hasArrived } from '../../payment/arrival.ts';
import { payerOnThisPlatform, payOnThisPlatform } from '../../payment/platform.ts';
import { memberApi, newKey } from '../../session/session.ts';

export type Wish = { points: number; pointsFen: number; storedValueFen: number };
export type SharePayment = { step: 'idle' | 'busy' | 'waiting'; codeUrl: string | null };

const IDLE: SharePayment = { step: 'idle', codeUrl: null };

/** Pays a share: what points and stored value leave is asked of WeChat first, and all of it is booked in one step. */
export function useSharePayment(token: string, onDone: () => void) {
  const [state, setState] = useState<SharePayment>(IDLE);
  const round = useRef(0);
  // The keys of one wish: a tap after a broken network asks for the same again.
  const keys = useRef<Record<string, string>>({});
  useEffect(() => () => { round.current += 1; }, []);
  const keyOf = (wish: string) => (keys.current[wish] ??= newKey());

  const pay = async (table: Table, share: TableShare, { points, pointsFen, storedValueFen }: Wish) => {
    round.current += 1;
    const mine = round.current;
    const tenders: TableTender[] = [];
    if (points > 0) tenders.push({ kind: 'points', points, amountFen: pointsFen });
    if (storedValueFen > 0) tenders.push({ kind: 'stored-value', amountFen: storedValueFen });
    const restFen = share.totalFen - pointsFen - storedValueFen;
    setState({ step: 'busy', codeUrl: null });
    try {
      if (restFen > 0) {
        const begun = await memberApi.startSharePayment(token, share.no, { amountFen: restFen, ...(await payerOnThisPlatform()) }, keyOf(`open ${share.no} ${restFen}`));
        const outcome = await payOnThisPlatform(begun.pay);
        if (mine !== round.current || outcome.kind === 'cancelled') return setState(IDLE);
        setState({ step: 'waiting', codeUrl: outcome.kind === 'scan' ? outcome.codeUrl : null });
        if (!(await hasArrived(() => isPaid(token, share.no, begun.paymentId), () => mine === round.current))) return setState(IDLE);
        tenders.push({ kind: 'wechat', amountFen: restFen, paymentId: begun.paymentId });
      }
      await memberApi.payShare(token, share.no, { revision: table.revision, tenders }, keyOf(`pay ${share.no} ${table.revision} ${JSON.stringify(tenders)}`));
      toast(currentText().split.done);
    } catch (error) {
      toastProblem(error);
    }
    if (mine === round.current) setState(IDLE);
    onDone();
  };
  const stop = () => {
    round.current += 1;
    setState(IDLE);
  };
  return { state, pay, stop };
}

/** Whether WeChat has the money; null while nobody knows. */
async function isPaid(token: string, no: number, paymentId: string): Promise<boolean | null> {
  const { state } = await memberApi.sharePayment(token, no, paymentId);
  return state === 'created' ? null : state === 'succeeded';
}
