import { View } from '@tarojs/components';
import { Tap } from './Tap.tsx';

/** On or off, at once. The framework's own switch has no name for a screen reader on the web. */
export function Toggle({ label, isOn, isDisabled, onTurn }: { label: string; isOn: boolean; isDisabled: boolean; onTurn: (isOn: boolean) => void }) {
  return (
    <Tap className={`toggle ${isOn ? 'is-on' : ''}`} role="switch" label={label} isPressed={isOn} isDisabled={isDisabled} onTap={() => onTurn(!isOn)}>
      <View className="toggle-knob" />
    </Tap>
  );
}
