import type { Transport } from './transport.ts';

const REPLY_TIMEOUT_MS = 15_000;

export const fetchTransport: Transport = async ({ method, url, headers, body }) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), REPLY_TIMEOUT_MS);
  try {
    const reply = await fetch(url, {
      method,
      headers,
      signal: stop.signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    return { status: reply.status, body: readJson(text) };
  } finally {
    clearTimeout(timer);
  }
};

// A proxy's HTML error page must become a problem with a status, not a syntax error.
function readJson(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
