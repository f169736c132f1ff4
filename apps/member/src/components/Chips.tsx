import { Text, View } from '@tarojs/components';
import { Tap } from './Tap.tsx';

export type ChipsProps = {
  label: string;
  options: { value: string; text: string }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
};

/** Any number of choices out of a few. */
export function Chips({ label, options, chosen, onChange }: ChipsProps) {
  const toggle = (value: string) =>
    onChange(chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]);
  return (
    <View className="chips is-wrapped" role="group" aria-label={label}>
      {options.map((option) => {
        const isOn = chosen.includes(option.value);
        return (
          <Tap key={option.value} role="checkbox" className={`chip ${isOn ? 'is-on' : ''}`} isPressed={isOn} onTap={() => toggle(option.value)}>
            <Text>{option.text}</Text>
          </Tap>
        );
      })}
    </View>
  );
}
