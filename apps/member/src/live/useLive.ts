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
    return watchChanges({
      url: `${API_BASE}/api/member/me/live`,
      token,
      open: isMini ? openChunkedStream : openFetchStream,
      onChanged: () => latest.current(),
    });
  }, [isWanted, token, isVisible]);
}

/** Whether this page is the one on screen: pages below it in the stack stay mounted. */
export function useVisible(): boolean {
  const [isVisible, setVisible] = useState(true);
  useDidShow(() => setVisible(true));
  useDidHide(() => setVisible(false));
  return isVisible;
}
