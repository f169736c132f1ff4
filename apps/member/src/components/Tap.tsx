import { View } from '@tarojs/components';
import type { ReactNode } from 'react';

export type TapProps = {
  label?: string;
  className?: string;
  isDisabled?: boolean;
  isPressed?: boolean;
  role?: 'button' | 'link' | 'tab' | 'radio' | 'checkbox' | 'switch';
  onTap: () => void;
  children?: ReactNode;
};

/** Anything that can be tapped, reached by keyboard and named to a screen reader. */
export function Tap({ label, className = '', isDisabled = false, isPressed, role = 'button', onTap, children }: TapProps) {
  const act = () => {
    if (!isDisabled) onTap();
  };
  const state = isPressed === undefined ? {} : stateOf(role, isPressed);
  return (
    <View
      className={`tap ${isDisabled ? 'is-disabled' : ''} ${className}`}
      hoverClass="tap-hover"
      role={role}
      tabIndex={isDisabled ? -1 : 0}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(isDisabled ? { 'aria-disabled': 'true' } : {})}
      {...state}
      onClick={act}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault?.();
        act();
      }}
    >
      {children}
    </View>
  );
}

function stateOf(role: string, isOn: boolean): Record<string, string> {
  const value = isOn ? 'true' : 'false';
  if (role === 'tab') return { 'aria-selected': value };
  if (role === 'radio' || role === 'checkbox' || role === 'switch') return { 'aria-checked': value };
  return { 'aria-pressed': value };
}
