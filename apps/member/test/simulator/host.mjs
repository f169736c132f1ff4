// Runs the built mini program where WeChat would: no window, no document, only `wx`, `App`, `Page`, `Component`.
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import vm from 'node:vm';

const SETTLE_ROUNDS = 60;

export function createHost({ root, wx }) {
  const errors = [];
  const pages = [];
  let app = null;
  let registered = null;
  const context = vm.createContext({
    wx,
    console: { log: () => undefined, info: () => undefined, warn: () => undefined, debug: () => undefined, error: (...words) => errors.push(words.map(String).join(' ')) },
    setTimeout, clearTimeout, setInterval, clearInterval, queueMicrotask, Promise,
    App: (config) => { app = config; },
    Page: (config) => { registered = config; },
    Component: (config) => { registered = config; },
    Behavior: (config) => config,
    getApp: () => app,
    getCurrentPages: () => pages,
  });
  context.global = context;
  context.globalThis = context;

  const loaded = new Map();
  const load = (file) => {
    const known = loaded.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(file, module);
    const source = readFileSync(join(root, file), 'utf8');
    const run = vm.runInContext(`(function (require, module, exports) {${source}\n})`, context, { filename: file });
    run((name) => load(normalize(join(dirname(file), name.endsWith('.js') ? name : `${name}.js`))), module, module.exports);
    return module.exports;
  };

  load('app.js');
  app.onLaunch?.({ path: 'pages/card/card', query: {} });
  app.onShow?.({});

  return {
    errors,
    open: (route, query = {}) => openPage({ load, route, query, pages, take: () => registered }),
  };
}

async function openPage({ load, route, query, pages, take }) {
  load(`${route}.js`);
  const config = take();
  const page = Object.create(config);
  Object.assign(page, {
    route,
    options: query,
    data: structuredClone(config.data ?? {}),
    setData(change, callback) {
      for (const [path, value] of Object.entries(change)) write(page.data, path, value);
      if (callback) queueMicrotask(callback);
    },
  });
  pages.push(page);
  page.onLoad?.(query);
  page.onShow?.();
  page.onReady?.();
  await settle();
  return {
    page,
    data: page.data,
    /** What WeChat tells the page when a node is touched. */
    touch: async (id, type = 'tap', detail = {}) => {
      const node = { id, dataset: { sid: id } };
      page.eh({ type, timeStamp: Date.now(), target: node, currentTarget: node, detail });
      await settle();
    },
    close: () => {
      page.onHide?.();
      page.onUnload?.();
      pages.splice(pages.indexOf(page), 1);
    },
  };
}

/** Enough turns of the loop for requests, React and Taro's batched `setData`. */
export async function settle() {
  for (let round = 0; round < SETTLE_ROUNDS; round += 1) await new Promise((resolve) => { setTimeout(resolve, 2); });
}

// "root.cn.[0].cn.[2].v" → nested writes, as WeChat does it.
function write(target, path, value) {
  const steps = path.split('.').map((step) => step.replace(/^\[(\d+)\]$/, '$1'));
  const last = steps.pop();
  let at = target;
  for (const step of steps) {
    at[step] ??= {};
    at = at[step];
  }
  at[last] = structuredClone(value);
}
