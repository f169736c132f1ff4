import { useReachBottom } from '@tarojs/taro';
import { useRef, useState } from 'react';
import type { Listed } from '../api/page.ts';
import { asProblem, type ApiProblem } from '../api/problem.ts';
import { useResource, type Resource, type ResourceOptions } from './useResource.ts';

export type ListedResource<Item> = Resource<Item[]> & { hasMore: boolean; isLoadingMore: boolean; moreProblem: ApiProblem | null };

type More<Item> = { after: string; items: Item[]; nextCursor: string | null };

/** A list that grows as the guest scrolls. A reload starts again at the first page. */
export function useListed<Item>(
  key: string,
  loadPage: (cursor?: string) => Promise<Listed<Item>>,
  options: ResourceOptions = {},
): ListedResource<Item> {
  const first = useResource(key, () => loadPage(), options);
  const [more, setMore] = useState<More<Item> | null>(null);
  const [isLoadingMore, setLoadingMore] = useState(false);
  const [moreProblem, setMoreProblem] = useState<ApiProblem | null>(null);
  const busy = useRef(false);

  const firstCursor = first.value?.nextCursor ?? null;
  const grown = more !== null && more.after === `${key}|${firstCursor}` ? more : null;
  const nextCursor = grown ? grown.nextCursor : firstCursor;

  useReachBottom(() => {
    if (nextCursor === null || busy.current) return;
    busy.current = true;
    setLoadingMore(true);
    loadPage(nextCursor)
      .then((page) => {
        setMoreProblem(null);
        setMore({ after: `${key}|${firstCursor}`, items: [...(grown?.items ?? []), ...page.items], nextCursor: page.nextCursor });
      })
      .catch((error: unknown) => setMoreProblem(asProblem(error)))
      .finally(() => {
        busy.current = false;
        setLoadingMore(false);
      });
  });

  const value = first.value === null ? null : [...first.value.items, ...(grown?.items ?? [])];
  return { value, problem: first.problem, reload: first.reload, hasMore: nextCursor !== null, isLoadingMore, moreProblem };
}
