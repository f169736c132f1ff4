import { useCallback, useEffect, useState } from 'react';
import type { MemberCode } from '../../api/member.ts';
import { asProblem, type ApiProblem } from '../../api/problem.ts';
import { useVisible } from '../../live/useLive.ts';
import { memberApi } from '../../session/session.ts';

export type MemberCodeState = {
  code: MemberCode | null;
  problem: ApiProblem | null;
  secondsLeft: number;
  refresh: () => void;
};

// A code lives 60 s: a new one comes before the old one can die in the cashier's hand.
const REFRESH_SECONDS = 50;
const RETRY_SECONDS = 5;

export function useMemberCode(): MemberCodeState {
  const isVisible = useVisible();
  const [code, setCode] = useState<MemberCode | null>(null);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [round, setRound] = useState(0);
  const [secondsLeft, setSecondsLeft] = useState(REFRESH_SECONDS);
  const refresh = useCallback(() => setRound((last) => last + 1), []);

  useEffect(() => {
    if (!isVisible) return undefined;
    let dueAt = Number.POSITIVE_INFINITY;
    let isStopped = false;
    const due = (seconds: number) => {
      dueAt = Date.now() + seconds * 1_000;
      setSecondsLeft(seconds);
    };
    memberApi.code().then((next) => {
      if (isStopped) return;
      setCode(next);
      setProblem(null);
      due(REFRESH_SECONDS);
    }, (error: unknown) => {
      if (isStopped) return;
      // The last code may have been used or died: showing it would only fail at the till.
      setCode(null);
      setProblem(asProblem(error));
      due(RETRY_SECONDS);
    });
    // Counted against the clock, since a phone in a pocket stops the timer.
    const tick = setInterval(() => {
      const left = Math.ceil((dueAt - Date.now()) / 1_000);
      if (left <= 0) {
        dueAt = Number.POSITIVE_INFINITY;
        refresh();
      } else if (Number.isFinite(left)) setSecondsLeft(left);
    }, 500);
    return () => {
      isStopped = true;
      clearInterval(tick);
    };
  }, [isVisible, round, refresh]);

  return { code, problem, secondsLeft, refresh };
}
