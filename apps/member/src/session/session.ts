import Taro from '@tarojs/taro';
import { createMemberApi } from '../api/client.ts';
import { fetchTransport } from '../api/fetchTransport.ts';
import { miniTransport } from '../api/miniTransport.ts';
import { isMini } from '../platform.ts';
import { recall, remember } from './memory.ts';
import { createStore } from './store.ts';

export type Language = 'zh-CN' | 'en';
export type Tone = 'system' | 'light' | 'dark';

export type Session = { brandCode: string; token: string | null; language: Language; tone: Tone };

export const session = createStore<Session>(readSession());

export const memberApi = createMemberApi({
  base: API_BASE,
  transport: isMini ? miniTransport : fetchTransport,
  token: () => session.get().token,
  language: () => session.get().language,
  onSignedOut: () => keepToken(null),
  newKey,
});

export function keepToken(token: string | null): void {
  remember(`token.${session.get().brandCode}`, token);
  // It pays with the money of whoever was signed in; the next one on this phone is not to show it.
  remember(offlineCodePlace(), null);
  session.set({ token });
}

/** Where the phone keeps the code for tills without network. */
export const offlineCodePlace = (): string => `offline.${session.get().brandCode}`;

export function chooseLanguage(language: Language): void {
  remember('language', language);
  session.set({ language });
}

export function chooseTone(tone: Tone): void {
  remember('tone', tone);
  session.set({ tone });
}

/** A fresh idempotency key. Uniqueness is enough here, so `Math.random` serves where crypto is missing. */
export function newKey(): string {
  const random = () => Math.random().toString(36).slice(2, 12);
  return `m-${Date.now().toString(36)}-${random()}${random()}`;
}

function readSession(): Session {
  const brandCode = findBrandCode();
  remember('brand', brandCode);
  return {
    brandCode,
    token: recall<string>(`token.${brandCode}`),
    language: recall<Language>('language') ?? 'zh-CN',
    tone: recall<Tone>('tone') ?? 'system',
  };
}

// H5: ?brand= in the link, then the last one. Mini program: each brand's own ext.json.
function findBrandCode(): string {
  if (isMini) {
    const ext = Taro.getExtConfigSync?.() as { brand?: string } | undefined;
    return ext?.brand ?? DEFAULT_BRAND;
  }
  const linked = /[?&]brand=([A-Za-z0-9._-]+)/.exec(window.location.search + window.location.hash)?.[1];
  return linked ?? recall<string>('brand') ?? DEFAULT_BRAND;
}
