import Taro from '@tarojs/taro';
import type { OpenStream } from './stream.ts';

const STREAM_TIMEOUT_MS = 600_000;

/** Chunked `wx.request`: base library 2.20.2 and later; older ones end at once and polling takes over. */
export const openChunkedStream: OpenStream = ({ url, token, onOpen, onText, onEnd }) => {
  let isClosed = false;
  const end = () => {
    if (!isClosed) onEnd();
    isClosed = true;
  };
  const task = Taro.request({
    url,
    method: 'GET',
    header: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
    enableChunked: true,
    timeout: STREAM_TIMEOUT_MS,
    responseType: 'arraybuffer',
    complete: end,
  });
  task.catch(end);
  if (typeof task.onChunkReceived !== 'function') {
    end();
  } else {
    task.onChunkReceived(({ data }) => {
      onOpen();
      onText(readAscii(data));
    });
  }
  return {
    close: () => {
      isClosed = true;
      task.abort?.();
    },
  };
};

// The events carry ASCII words only, and TextDecoder is missing from WeChat's engines.
function readAscii(data: ArrayBuffer): string {
  return Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join('');
}
