import { Text, View } from '@tarojs/components';
import { Tap } from './Tap.tsx';

export type SegmentsProps<Value extends string> = {
  options: { value: Value; text: string }[];
  value: Value;
  label: string;
  onChoose: (value: Value) => void;
};

/** One choice out of a few, side by side. */
export function Segments<Value extends string>({ options, value, label, onChoose }: SegmentsProps<Value>) {
  return (
    <View className="segments" role="tablist" aria-label={label}>
      {options.map((option) => (
        <Tap
          key={option.value}
          role="tab"
          className={`segment ${option.value === value ? 'is-on' : ''}`}
          isPressed={option.value === value}
          onTap={() => onChoose(option.value)}
        >
          <Text>{option.text}</Text>
        </Tap>
      ))}
    </View>
  );
}
