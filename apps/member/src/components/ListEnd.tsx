import { Text, View } from '@tarojs/components';
import { useText } from '../locale/locale.ts';
import { problemWords } from '../locale/problemWords.ts';
import type { ListedResource } from '../session/useListed.ts';

export function ListEnd({ list }: { list: ListedResource<unknown> }) {
  const text = useText();
  if (list.moreProblem) return <View className="list-end"><Text>{problemWords(list.moreProblem)}</Text></View>;
  if (list.isLoadingMore) return <View className="list-end"><Text>{text.common.loadingMore}</Text></View>;
  return list.hasMore ? null : <View className="list-end"><Text>{text.common.noMore}</Text></View>;
}
