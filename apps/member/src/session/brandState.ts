import type { Brand } from '../api/brand.ts';
import { asProblem, type ApiProblem } from '../api/problem.ts';
import { recall, remember } from './memory.ts';
import { memberApi, session } from './session.ts';
import { createStore, useStore } from './store.ts';

type BrandState = { brand: Brand | null; problem: ApiProblem | null };

// The last known brand paints the first frame; the fresh one replaces it.
const brandState = createStore<BrandState>({ brand: recall<Brand>(`brand.${session.get().brandCode}`), problem: null });

let loading: Promise<void> | null = null;
let isFresh = false;

export function useBrand(): BrandState {
  return useStore(brandState);
}

/** Orders name their store by id; the brand knows all names. */
export function useStoreName(storeId: string): string {
  const { brand } = useBrand();
  return brand?.stores.find((store) => store.id === storeId)?.name ?? brand?.name ?? '';
}

export function loadBrand(): Promise<void> {
  if (isFresh) return Promise.resolve();
  loading ??= fetchBrand().finally(() => {
    loading = null;
  });
  return loading;
}

export async function reloadBrand(): Promise<void> {
  isFresh = false;
  await loadBrand();
}

async function fetchBrand(): Promise<void> {
  const { brandCode } = session.get();
  try {
    const brand = await memberApi.brand(brandCode);
    remember(`brand.${brandCode}`, brand);
    isFresh = true;
    brandState.set({ brand, problem: null });
  } catch (error) {
    brandState.set({ problem: asProblem(error) });
  }
}
