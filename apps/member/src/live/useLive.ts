import { useDidHide, useDidShow } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { isMini } from '../platform.ts';
import { session } from '../session/session.ts';
import { useStore } from '../session/store.ts';
import { openChunkedStream } from './chunkedStream.ts';
import { openFetchStream } from './fetchStream.ts';
import { watchChanges } from './live.ts';

/** Runs `onChanged` within a second after a till payment, while the page is on screen. */
export function useLive(onChanged: () => void, isWanted = true): void {
  const { token } = useStore(session);
  const isVisible = useVisible();
  const latest = useRef(onChanged);
  latest.current = onChanged;

  useEffect(() => {
    if (!isWanted || token === null || !isVisible) return undefined;
    return listen(token, () => latest.current());
  }, [isWanted, token, isVisible]);
}

const LINGER_MS = 2_000;

type Shared = { token: string; listeners: Set<() => void>; stop: () => void; linger: ReturnType<typeof setTimeout> | undefined };

let shared: Shared | null = null;

// One stream for the whole app, since the server grants few to a member; it outlives the change of a page.
function listen(token: string, listener: () => void): () => void {
  if (shared?.token !== token) {
    end();
    const listeners = new Set<() => void>();
    const stop = watchChanges({
      url: `${API_BASE}/api/member/me/live`,
      token,
      open: isMini ? openChunkedStream : openFetchStream,
      onChanged: () => listeners.forEach((one) => one()),
    });
    shared = { token, listeners, stop, linger: undefined };
  }
  const mine = shared;
  if (mine === null) return () => undefined;
  clearTimeout(mine.linger);
  mine.listeners.add(listener);
  return () => {
    mine.listeners.delete(listener);
    if (mine.listeners.size > 0 || shared !== mine) return;
    mine.linger = setTimeout(() => {
      if (shared === mine && mine.listeners.size === 0) end();
    }, LINGER_MS);
  };
}

function end(): void {
  clearTimeout(shared?.linger);
  shared?.stop();
  shared = null;
}

/** Whether this page is the one on screen: pages below it in the stack stay mounted. */
export function useVisible(): boolean {
  const [isVisible, setVisible] = useState(true);
  useDidShow(() => setVisible(true));
  useDidHide(() => setVisible(false));
  return isVisible;
}
