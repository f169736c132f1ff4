import { createEventParser } from './eventParser.ts';
import type { OpenStream } from './stream.ts';

export type LiveOptions = {
  url: string;
  token: string;
  open: OpenStream;
  onChanged: () => void;
};

const POLL_MS = 3_000;
const RETRY_FIRST_MS = 1_000;
const RETRY_MOST_MS = 30_000;

/**
 * Calls `onChanged` when the server says that something of this member changed. While no stream stands
 * (old client, proxy that buffers, no network) it calls every three seconds instead. Returns the stop.
 */
export function watchChanges({ url, token, open, onChanged }: LiveOptions): () => void {
  let retryMs = RETRY_FIRST_MS;
  let isStopped = false;
  let wasCut = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let poll: ReturnType<typeof setInterval> | undefined;
  let stream: { close: () => void } | undefined;

  const stopPolling = () => {
    clearInterval(poll);
    poll = undefined;
  };
  const connect = () => {
    const feed = createEventParser(({ event }) => {
      if (event === 'changed') onChanged();
    });
    stream = open({
      url,
      token,
      onText: feed,
      onOpen: () => {
        stopPolling();
        retryMs = RETRY_FIRST_MS;
        // What happened while no stream stood was announced to nobody.
        if (wasCut) onChanged();
        wasCut = false;
      },
      onEnd: () => {
        if (isStopped) return;
        wasCut = true;
        poll ??= setInterval(onChanged, POLL_MS);
        retry = setTimeout(connect, retryMs);
        retryMs = Math.min(retryMs * 2, RETRY_MOST_MS);
      },
    });
  };
  connect();

  return () => {
    isStopped = true;
    clearTimeout(retry);
    stopPolling();
    stream?.close();
  };
}
