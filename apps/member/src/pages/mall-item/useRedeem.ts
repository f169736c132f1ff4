import Taro from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import type { MallItem } from '../../api/mall.ts';
import { toast, toastProblem } from '../../components/toast.ts';
import { currentText } from '../../locale/locale.ts';
import { routePath } from '../../routes.ts';
import { memberApi, newKey } from '../../session/session.ts';
import { hasArrived } from '../../payment/arrival.ts';
import { payerOnThisPlatform, payOnThisPlatform } from '../../payment/platform.ts';

/** Redeems an item once for one wish, pays its cash part, and shows what came of it. */
export function useRedeem(item: MallItem | null) {
  const [isBusy, setBusy] = useState(false);
  const [codeUrl, setCodeUrl] = useState<string | null>(null);
  // One key and one payer for one wish: a tap after a broken network asks for the same again, and is never a second redemption.
  const wish = useRef<{ of: string; key: string; payer: { wechatCode?: string } } | null>(null);
  const round = useRef(0);
  useEffect(() => () => { round.current += 1; }, []);

  const stop = () => {
    round.current += 1;
    setCodeUrl(null);
    setBusy(false);
  };
  const redeem = async () => {
    if (!item) return;
    const mine = ++round.current;
    setBusy(true);
    try {
      const of = `${item.id} ${item.points} ${item.cashFen}`;
      if (wish.current?.of !== of) wish.current = { of, key: newKey(), payer: item.cashFen > 0 ? await payerOnThisPlatform() : {} };
      const made = await memberApi.redeem(item.id, { points: item.points, cashFen: item.cashFen, ...wish.current.payer }, wish.current.key);
      if (made.pay) {
        const outcome = await payOnThisPlatform(made.pay);
        if (outcome.kind === 'scan') setCodeUrl(outcome.codeUrl);
        if (outcome.kind === 'cancelled' || !(await hasArrived(() => isDone(made.id), () => mine === round.current))) return stop();
      }
      if (mine !== round.current) return undefined;
      toast(currentText().mall.done);
      void Taro.redirectTo({ url: routePath('redemptions') });
    } catch (error) {
      toastProblem(error);
    }
    stop();
    return undefined;
  };
  return { redeem, isBusy, codeUrl, stop };
}

async function isDone(id: string): Promise<boolean | null> {
  const { state } = await memberApi.redemption(id);
  return state === 'waiting' ? null : state === 'ready' || state === 'done';
}
