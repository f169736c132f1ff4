import { Text, View } from '@tarojs/components';

export type Fact = { name: string; value: string; note?: string; isStrong?: boolean; isGain?: boolean };

/** Names on the left, values on the right: receipts and details. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <View className="facts">
      {facts.map((fact, index) => (
        <View key={`${index}${fact.name}`} className={`fact ${fact.isStrong ? 'is-strong' : ''}`}>
          <View className="fact-words">
            <Text className="fact-name">{fact.name}</Text>
            {fact.note ? <Text className="row-note figures">{fact.note}</Text> : null}
          </View>
          <Text className={`fact-value figures ${fact.isGain ? 'is-gain' : ''}`}>{fact.value}</Text>
        </View>
      ))}
    </View>
  );
}
