import type { OpenStream } from './stream.ts';

// EventSource cannot send the Authorization header, and a token does not belong into an address.
export const openFetchStream: OpenStream = ({ url, token, onOpen, onText, onEnd }) => {
  const stop = new AbortController();
  const read = async () => {
    const reply = await fetch(url, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
      signal: stop.signal,
    });
    if (!reply.ok || !reply.body) return;
    onOpen();
    const reader = reply.body.getReader();
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onText(decoder.decode(value, { stream: true }));
    }
  };
  const end = () => {
    if (!stop.signal.aborted) onEnd();
  };
  read().then(end, end);
  return { close: () => stop.abort() };
};
