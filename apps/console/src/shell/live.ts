import { useEffect, useRef, useSyncExternalStore } from "react";

const reactions = new Map<string, Set<(data: unknown) => void>>();
const watchers = new Set<() => void>();
let source: EventSource | null = null;
let isLive = false;

function setLive(next: boolean): void {
  if (isLive === next) return;
  isLive = next;
  for (const watcher of watchers) watcher();
}

function hear(event: string): void {
  source?.addEventListener(event, (message: MessageEvent<string>) => {
    for (const react of reactions.get(event) ?? []) react(JSON.parse(message.data));
  });
}

/** Opens the one stream of this page: a browser keeps few connections to a server, and ten tabs would use them up. */
export function useLiveStream(): void {
  useEffect(() => {
    source = new EventSource("/api/console/live");
    source.onopen = () => setLive(true);
    source.onerror = () => setLive(false);
    for (const event of reactions.keys()) hear(event);
    return () => {
      source?.close();
      source = null;
      setLive(false);
    };
  }, []);
}

/** Whether the line is up. */
export const useIsLive = (): boolean => useSyncExternalStore((watcher) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}, () => isLive);

/** What comes in bursts is done at once for the first, and for the others at most once in `pauseMs`; the last is never lost. */
export function useCalmly(run: () => void, pauseMs: number): () => void {
  const latest = useRef(run);
  latest.current = run;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const doneAt = useRef(-pauseMs);
  useEffect(() => () => clearTimeout(timer.current), []);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      doneAt.current = performance.now();
      latest.current();
    }, Math.max(0, doneAt.current + pauseMs - performance.now()));
  };
}

/** Reacts to one kind of event. */
export function useLive(event: string, react: (data: unknown) => void): void {
  const latest = useRef(react);
  latest.current = react;
  useEffect(() => {
    const call = (data: unknown) => latest.current(data);
    const known = reactions.get(event);
    if (known) known.add(call);
    else {
      reactions.set(event, new Set([call]));
      hear(event);
    }
    return () => void reactions.get(event)?.delete(call);
  }, [event]);
}
