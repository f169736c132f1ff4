import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';

export type StatementRowProps = { name: string; note: string; at: string; figure: string; isGain: boolean; aside?: string; children?: ReactNode };

export function StatementRow({ name, note, at, figure, isGain, aside, children }: StatementRowProps) {
  return (
    <View className="row" role="listitem">
      <View className="row-words">
        <Text className="row-name">{name}</Text>
        <Text className="row-note figures">{at}</Text>
        {note ? <Text className="row-note">{note}</Text> : null}
      </View>
      <View className="row-end">
        <Text className={`row-figure figures ${isGain ? 'is-gain' : ''}`}>{figure}</Text>
        {children}
        {aside ? <Text className="row-note figures">{aside}</Text> : null}
      </View>
    </View>
  );
}
