import { session, type Language } from '../session/session.ts';
import { useStore } from '../session/store.ts';
import { en } from './en.ts';
import { zh, type Dictionary } from './zh.ts';

const DICTIONARIES: Record<Language, Dictionary> = { 'zh-CN': zh, en };

export function useText(): Dictionary {
  return DICTIONARIES[useStore(session).language];
}

/** For toasts and other places outside rendering. */
export function currentText(): Dictionary {
  return DICTIONARIES[session.get().language];
}
