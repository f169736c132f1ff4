import { Input, Text, View } from '@tarojs/components';
import { useMemo, useState, type ReactNode } from 'react';
import { isMini } from '../platform.ts';

export type FieldProps = {
  label: string;
  value: string;
  placeholder: string;
  type?: 'text' | 'number' | 'digit';
  maxLength: number;
  error?: string | null;
  isFocused?: boolean;
  aside?: ReactNode;
  onInput: (value: string) => void;
  /** The keyboard's own button. */
  onConfirm?: () => void;
};

export function Field({ label, value, placeholder, type = 'text', maxLength, error, isFocused = false, aside, onInput, onConfirm }: FieldProps) {
  const [hadFocus, setHadFocus] = useState(false);
  // One object for all drawings: a new one has the element drawn anew, and drawn anew it takes the focus again while it is asked to have it.
  // A browser's own field for numbers gives nothing at all for what was pasted with dashes or a plus.
  const named = useMemo(() => (isMini ? { 'aria-label': label } : { nativeProps: { 'aria-label': label, ...(type === 'number' ? { type: 'tel', inputMode: 'numeric' } : {}) } }), [label, type]);
  return (
    <View className={`field ${error ? 'is-wrong' : ''}`}>
      <Text className="field-label">{label}</Text>
      <View className="field-line">
        <Input
          className="field-input"
          value={value}
          type={type}
          maxlength={maxLength}
          placeholder={placeholder}
          placeholderClass="field-placeholder"
          focus={isFocused && (isMini || !hadFocus)}
          {...named}
          onFocus={() => setHadFocus(true)}
          onInput={(event) => onInput(event.detail.value)}
          onConfirm={() => onConfirm?.()}
        />
        {aside}
      </View>
      {error ? <Text className="field-error" role="alert">{error}</Text> : null}
    </View>
  );
}
