import '@tarojs/components';

declare module '@tarojs/components/types/common' {
  /** Attributes that a screen reader and a keyboard need; passed on as they are. */
  interface StandardProps {
    role?: string;
    tabIndex?: number;
    onKeyDown?: (event: { key?: string; preventDefault?: () => void }) => void;
  }
}
