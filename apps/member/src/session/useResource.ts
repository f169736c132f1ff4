import { stopPullDownRefresh, useDidShow, usePullDownRefresh } from '@tarojs/taro';
import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem, type ApiProblem } from '../api/problem.ts';
import { useLive } from '../live/useLive.ts';
import { session } from './session.ts';
import { useStore } from './store.ts';

export type Resource<Value> = {
  value: Value | null;
  problem: ApiProblem | null;
  reload: () => Promise<void>;
};

export type ResourceOptions = { needsSignIn?: boolean; isLive?: boolean };

/**
 * What a page shows: loaded at first sight, again when the page returns, on pull-down, and (live) when the
 * server says that it changed. A value that is there stays while the next one loads, so nothing flickers.
 */
export function useResource<Value>(key: string, load: () => Promise<Value>, options: ResourceOptions = {}): Resource<Value> {
  const { needsSignIn = true, isLive = false } = options;
  const { token } = useStore(session);
  const [state, setState] = useState<{ key: string; value: Value | null; problem: ApiProblem | null }>({ key, value: null, problem: null });
  const round = useRef(0);
  const latest = useRef(load);
  latest.current = load;
  const isAllowed = !needsSignIn || token !== null;

  const reload = useCallback(async () => {
    if (!isAllowed) return;
    round.current += 1;
    const mine = round.current;
    try {
      const value = await latest.current();
      if (mine === round.current) setState({ key, value, problem: null });
    } catch (error) {
      const problem = asProblem(error);
      if (mine === round.current) setState((last) => ({ key, value: last.key === key ? last.value : null, problem }));
    }
  }, [key, isAllowed]);

  useEffect(() => {
    setState((last) => (last.key === key ? last : { key, value: null, problem: null }));
    void reload();
  }, [key, reload]);
  useReturn(reload);
  usePullDownRefresh(() => {
    void reload().finally(() => stopPullDownRefresh());
  });
  useLive(() => void reload(), isLive);

  const isCurrent = state.key === key && isAllowed;
  return { value: isCurrent ? state.value : null, problem: isCurrent ? state.problem : null, reload };
}

// The first show comes with the mount, which loads already.
function useReturn(reload: () => Promise<void>): void {
  const hasShown = useRef(false);
  useDidShow(() => {
    if (hasShown.current) void reload();
    hasShown.current = true;
  });
}
