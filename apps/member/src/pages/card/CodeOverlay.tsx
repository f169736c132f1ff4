import Taro from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useEffect } from 'react';
import type { MemberCode } from '../../api/member.ts';
import { Icon } from '../../components/Icon.tsx';
import { Tap } from '../../components/Tap.tsx';
import { useText } from '../../locale/locale.ts';
import { isMini } from '../../platform.ts';
import { useBrand } from '../../session/brandState.ts';
import { CodeImages } from './CodeImages.tsx';

export type CodeOverlayProps = { code: MemberCode; secondsLeft: number; onClose: () => void };

/** The code alone on white at full brightness: scanners read it also through a tinted counter glass. */
export function CodeOverlay({ code, secondsLeft, onClose }: CodeOverlayProps) {
  const text = useText();
  const { brand } = useBrand();
  useEffect(() => (isMini ? brighten() : undefined), []);
  return (
    <View className="overlay" role="dialog" aria-modal="true" aria-label={text.code.title} catchMove>
      <Tap className="overlay-close" label={text.common.close} onTap={onClose}><Icon name="close" /></Tap>
      <Text className="overlay-brand">{brand?.name}</Text>
      <Text className="overlay-hint">{text.code.hint}</Text>
      <CodeImages code={code} isLarge />
      <Text className="overlay-count figures">{text.code.refreshIn(secondsLeft)}</Text>
      <Text className="overlay-note">{isMini ? text.code.brightness : text.code.brighter}</Text>
    </View>
  );
}

/** Full brightness until the returned function puts the guest's own back. */
function brighten(): () => void {
  let before: number | null = null;
  let isOver = false;
  const restore = () => {
    if (before !== null) void Taro.setScreenBrightness({ value: before }).catch(() => undefined);
  };
  Taro.getScreenBrightness().then(async ({ value }) => {
    before = value;
    await Taro.setScreenBrightness({ value: 1 });
    if (isOver) restore();
  }).catch(() => undefined);
  void Taro.setKeepScreenOn({ keepScreenOn: true }).catch(() => undefined);
  return () => {
    isOver = true;
    restore();
    void Taro.setKeepScreenOn({ keepScreenOn: false }).catch(() => undefined);
  };
}
