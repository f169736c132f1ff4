import { useCallback, useState } from "react";

export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  changedAt: number;
}

const deepest = 100;
/** Keystrokes within one breath are one step. */
const breathMs = 600;

export interface Undo {
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
}

/** A value with its steps back and forth. `reset` begins anew, as after loading or saving. */
export function useHistory<T>(initial: T) {
  const [history, setHistory] = useState<History<T>>({ past: [], present: initial, future: [], changedAt: 0 });
  const change = useCallback((next: T) => setHistory((before) => stepOn(before, next, Date.now())), []);
  const reset = useCallback((next: T) => setHistory({ past: [], present: next, future: [], changedAt: 0 }), []);
  const undo = useCallback(() => setHistory(stepBack), []);
  const redo = useCallback(() => setHistory(stepForth), []);
  return { value: history.present, change, reset, undo, redo, canUndo: history.past.length > 0, canRedo: history.future.length > 0 };
}

export function stepOn<T>(before: History<T>, next: T, now: number): History<T> {
  const isSameBreath = now - before.changedAt < breathMs && before.past.length > 0;
  return { past: isSameBreath ? before.past : [...before.past, before.present].slice(-deepest), present: next, future: [], changedAt: now };
}

export function stepBack<T>(now: History<T>): History<T> {
  const present = now.past.at(-1);
  return present === undefined ? now : { past: now.past.slice(0, -1), present, future: [now.present, ...now.future], changedAt: 0 };
}

export function stepForth<T>(now: History<T>): History<T> {
  const [present, ...future] = now.future;
  return present === undefined ? now : { past: [...now.past, now.present], present, future, changedAt: 0 };
}
