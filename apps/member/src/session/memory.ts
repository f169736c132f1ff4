import Taro from '@tarojs/taro';

const PREFIX = 'shuke.member.';

// Storage may be refused (private windows, quota): the app then forgets, it must not fail.
export function recall<Value>(name: string): Value | null {
  try {
    const value: unknown = Taro.getStorageSync(PREFIX + name);
    return value === '' || value === undefined || value === null ? null : (value as Value);
  } catch {
    return null;
  }
}

export function remember(name: string, value: unknown): void {
  try {
    if (value === null) Taro.removeStorageSync(PREFIX + name);
    else Taro.setStorageSync(PREFIX + name, value);
  } catch {
    // See above.
  }
}
