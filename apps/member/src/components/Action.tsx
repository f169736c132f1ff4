import { Text } from '@tarojs/components';
import { Tap } from './Tap.tsx';

export type ActionProps = {
  text: string;
  kind?: 'primary' | 'quiet' | 'plain';
  isBusy?: boolean;
  isDisabled?: boolean;
  onTap: () => void;
};

/** A full-width button. While busy it keeps its place and takes no second tap. */
export function Action({ text, kind = 'primary', isBusy = false, isDisabled = false, onTap }: ActionProps) {
  return (
    <Tap className={`action action-${kind} ${isBusy ? 'is-busy' : ''}`} isDisabled={isBusy || isDisabled} onTap={onTap}>
      <Text className="action-text">{text}</Text>
    </Tap>
  );
}
