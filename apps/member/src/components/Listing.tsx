import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import type { ListedResource } from '../session/useListed.ts';
import { ListEnd } from './ListEnd.tsx';
import { ProblemNotice } from './Notice.tsx';
import { Skeleton } from './Skeleton.tsx';

export type ListingProps<Item> = {
  list: ListedResource<Item>;
  empty: ReactNode;
  className?: string;
  isTall?: boolean;
  children: (item: Item, index: number, items: Item[]) => ReactNode;
};

/** A list in each of its states: coming, failed, empty, there. Stale rows beat an error page. */
export function Listing<Item>({ list, empty, className = '', isTall = false, children }: ListingProps<Item>) {
  if (list.value === null) {
    return list.problem ? <ProblemNotice problem={list.problem} onRetry={() => void list.reload()} /> : <Skeleton isTall={isTall} />;
  }
  if (list.value.length === 0) return <>{empty}</>;
  return (
    <>
      <View className={className} role="list">{list.value.map(children)}</View>
      <ListEnd list={list} />
    </>
  );
}
