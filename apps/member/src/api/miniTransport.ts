import Taro from '@tarojs/taro';
import type { Transport } from './transport.ts';

const REPLY_TIMEOUT_MS = 15_000;

export const miniTransport: Transport = async ({ method, url, headers, body }) => {
  const reply = await Taro.request({
    url,
    // WeChat's client knows no PATCH; the server reads the override header on POST.
    method: method === 'PATCH' ? 'POST' : method,
    header: method === 'PATCH' ? { ...headers, 'x-http-method-override': 'PATCH' } : headers,
    timeout: REPLY_TIMEOUT_MS,
    dataType: 'json',
    ...(body === undefined ? {} : { data: body }),
  });
  return { status: reply.statusCode, body: reply.data === '' ? null : reply.data };
};
