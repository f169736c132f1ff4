// As much of WeChat's `wx` as the app asks for. Requests are answered by the story.
import { replyTo } from '../mock/server.mjs';

export function createWx(world, { storage = new Map(), ext = { brand: 'hotpot' } } = {}) {
  const calls = [];
  const done = (options, result) => {
    queueMicrotask(() => {
      options?.success?.(result);
      options?.complete?.(result);
    });
  };
  const quiet = (name) => (options) => {
    calls.push([name, options]);
    done(options, { errMsg: `${name}:ok` });
  };
  const wx = {
    calls,
    storage,
    request: (options) => {
      calls.push(['request', options]);
      return answer(world, options, done);
    },
    getStorageSync: (key) => storage.get(key) ?? '',
    setStorageSync: (key, value) => storage.set(key, value),
    removeStorageSync: (key) => storage.delete(key),
    getExtConfigSync: () => ext,
    getWindowInfo: () => ({ statusBarHeight: 44, windowWidth: 390, windowHeight: 844, pixelRatio: 3 }),
    getSystemInfoSync: () => ({ platform: 'devtools', SDKVersion: '3.8.0', windowWidth: 390, windowHeight: 844, pixelRatio: 3, theme: 'light', statusBarHeight: 44 }),
    getAppBaseInfo: () => ({ SDKVersion: '3.8.0', theme: 'light', language: 'zh_CN' }),
    getDeviceInfo: () => ({ platform: 'devtools' }),
    getLaunchOptionsSync: () => ({ path: 'pages/card/card', query: {} }),
    getEnterOptionsSync: () => ({ path: 'pages/card/card', query: {} }),
    getMenuButtonBoundingClientRect: () => ({ top: 48, height: 32, width: 87, left: 296, right: 383, bottom: 80 }),
    login: (options) => done(options, { code: 'wx-code', errMsg: 'login:ok' }),
    getScreenBrightness: (options) => done(options, { value: 0.4, errMsg: 'getScreenBrightness:ok' }),
    requestPayment: quiet('requestPayment'),
    canIUse: () => true,
    nextTick: (run) => queueMicrotask(run),
    onAppShow: () => undefined,
    createSelectorQuery: () => ({ in: () => ({}) }),
    cloud: {},
  };
  for (const name of ['setNavigationBarTitle', 'showToast', 'hideToast', 'navigateTo', 'navigateBack', 'reLaunch', 'stopPullDownRefresh',
    'setScreenBrightness', 'setKeepScreenOn', 'makePhoneCall', 'setClipboardData', 'showModal']) wx[name] = quiet(name);
  return wx;
}

function answer(world, options, done) {
  const url = new URL(options.url);
  const [statusCode, data] = replyTo(world, {
    method: options.method ?? 'GET', url, authorization: options.header?.authorization, body: options.data ?? null,
  });
  if (options.enableChunked) {
    world.chunkListeners ??= new Set();
    return { abort: () => undefined, onChunkReceived: (listener) => world.chunkListeners.add(listener), onHeadersReceived: () => undefined };
  }
  done(options, { statusCode, data: structuredClone(data) ?? '', header: {}, errMsg: 'request:ok' });
  return { abort: () => undefined };
}
