import { Text, View } from '@tarojs/components';
import { Icon } from '../../components/Icon.tsx';
import { Section } from '../../components/Page.tsx';
import { useText } from '../../locale/locale.ts';

export function Benefits({ names }: { names: string[] }) {
  const text = useText();
  if (names.length === 0) return null;
  return (
    <Section title={text.card.benefits}>
      {names.map((name) => (
        <View key={name} className="benefit">
          <View className="benefit-mark"><Icon name="check" size="small" /></View>
          <Text>{name}</Text>
        </View>
      ))}
    </Section>
  );
}
