import { useRef, useState } from 'react';
import { toastProblem } from '../components/toast.ts';

/** Something that a member does: busy until it is done and `after`, if given, has read what it changed. A problem is told, not thrown. */
export function useDeed(after?: () => Promise<unknown>): { isBusy: boolean; act: (run: () => Promise<unknown>) => Promise<void> } {
  const [isBusy, setBusy] = useState(false);
  const isUnderWay = useRef(false);
  const act = async (run: () => Promise<unknown>) => {
    // A second tap can come before the first one is drawn.
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    setBusy(true);
    try {
      await run();
    } catch (error) {
      toastProblem(error);
    }
    await after?.();
    isUnderWay.current = false;
    setBusy(false);
  };
  return { isBusy, act };
}
