import { View } from '@tarojs/components';
import { useText } from '../locale/locale.ts';

/** Grey shapes where the rows will be, so that nothing jumps when they come. */
export function Skeleton({ rows = 6, isTall = false }: { rows?: number; isTall?: boolean }) {
  const text = useText();
  return (
    <View className="skeleton" role="status" aria-label={text.common.loading}>
      {Array.from({ length: rows }, (_row, index) => (
        <View key={index} className={`skeleton-row ${isTall ? 'is-tall' : ''}`}>
          <View className="skeleton-lines">
            <View className="skeleton-bar is-wide" />
            <View className="skeleton-bar" />
          </View>
          {isTall ? null : <View className="skeleton-bar is-end" />}
        </View>
      ))}
    </View>
  );
}
