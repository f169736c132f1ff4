import { useEffect, useSyncExternalStore } from "react";
import { api } from "../../../../api/client.ts";
import { problemOf } from "../../../../api/problem.ts";
import { all, drop, keep } from "./drawer.ts";
import { refreshPack } from "./pack.ts";
import type { WaitingOrder } from "./price.ts";

export interface Network {
  isOffline: boolean;
  waiting: number;
  /** Orders that the server refused: a manager sees them among the exceptions. */
  refused: number;
}

const lookMs = 4_000;
const batchMax = 50;

let state: Network = { isOffline: typeof navigator !== "undefined" && !navigator.onLine, waiting: 0, refused: 0 };
const listeners = new Set<() => void>();

function set(change: Partial<Network>) {
  state = { ...state, ...change };
  for (const listener of listeners) listener();
}

export const isUnreachable = (error: unknown) => problemOf(error).code === "console/unreachable";
/** Called by whoever found the server out of reach. */
export const noteOffline = () => set({ isOffline: true });
export const isOfflineNow = () => state.isOffline;

export async function countWaiting(): Promise<void> {
  const orders = await all<WaitingOrder>("orders");
  set({ waiting: orders.filter((one) => !one.refusal).length, refused: orders.filter((one) => one.refusal).length });
}

interface Uploaded {
  orderId: string;
  outcome: "settled" | "unchanged" | "flagged" | "refused";
  detail: string | null;
}

let sending: Promise<void> | null = null;

/** Sends what waits; each order is settled once however often it is sent, so a lost answer costs nothing. */
export function sendWaiting(): Promise<void> {
  sending ??= send().finally(() => {
    sending = null;
  });
  return sending;
}

async function send(): Promise<void> {
  const waiting = (await all<WaitingOrder>("orders")).filter((one) => !one.refusal).slice(0, batchMax);
  if (waiting.length > 0) {
    const { items } = await api.post<{ items: Uploaded[] }>("/orders:settle-offline", { orders: waiting.map((one) => one.order) });
    for (const item of items) {
      const mine = waiting.find((one) => one.key === item.orderId);
      if (mine && item.outcome === "refused") await keep("orders", { ...mine, refusal: item.detail ?? "refused" });
      else await drop("orders", item.orderId);
    }
  }
  await countWaiting();
}

/** Once more with what was refused: a manager may have cleared what kept it back. */
export async function sendRefused(): Promise<void> {
  for (const { refusal, ...one } of await all<WaitingOrder>("orders")) if (refusal) await keep("orders", one);
  await sendWaiting();
}

/** Keeps the pack fresh while there is a network, notices when there is none, and sends what waits when it is back. */
export function useNetwork(storeId: string): Network {
  const network = useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => state);
  useEffect(() => {
    const look = () => {
      if (!navigator.onLine) return noteOffline();
      void refreshPack(storeId).then(() => sendWaiting()).then(() => set({ isOffline: false })).catch((error: unknown) => isUnreachable(error) && noteOffline());
    };
    void countWaiting();
    look();
    keepShell();
    const slow = setInterval(look, 60_000);
    const quick = setInterval(() => { if (state.isOffline || state.waiting > 0) look(); }, lookMs);
    window.addEventListener("online", look);
    window.addEventListener("offline", noteOffline);
    return () => {
      clearInterval(slow);
      clearInterval(quick);
      window.removeEventListener("online", look);
      window.removeEventListener("offline", noteOffline);
    };
  }, [storeId]);
  return network;
}

/**
 * What was loaded before the service worker was in charge, and who is signed in; without them the till would not open again without
 * network. Asked for once it is in charge: from then on it sees whatever is loaded itself.
 */
function keepShell(): void {
  if (!("serviceWorker" in navigator)) return;
  const { serviceWorker } = navigator;
  const keep = () => {
    const loaded = performance.getEntriesByType("resource").map((one) => one.name).filter((url) => url.startsWith(`${location.origin}/assets/`));
    serviceWorker.controller?.postMessage({ kind: "keep", urls: [...new Set(["/", "/api/console/session", ...loaded])] });
  };
  if (serviceWorker.controller) keep();
  else serviceWorker.addEventListener("controllerchange", keep, { once: true });
}
