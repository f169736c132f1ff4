import Taro from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { Icon } from '../../components/Icon.tsx';
import { Tap } from '../../components/Tap.tsx';
import { useText } from '../../locale/locale.ts';
import { isMini } from '../../platform.ts';
import { open } from '../../routes.ts';
import { useBrand } from '../../session/brandState.ts';

// WeChat draws its capsule over the top right corner: the profile entry moves to the left there.
export function BrandHeader({ name }: { name: string | null }) {
  const text = useText();
  const { brand } = useBrand();
  const greeting = text.card.greetings[greetingOf(new Date().getHours())] ?? '';
  const entry = (
    <Tap className="header-profile" label={text.menu.profile} onTap={() => open('profile')}><Icon name="person" /></Tap>
  );
  return (
    <View className="header" style={isMini ? { paddingTop: `${statusBarPx() + 8}px` } : {}}>
      {isMini ? entry : null}
      <View className="header-words">
        <Text className="header-brand">{brand?.name ?? ''}</Text>
        <Text className="header-greeting">{name === null ? greeting : `${greeting}，${name}`.replace('，', /[A-Za-z]$/.test(greeting) ? ', ' : '，')}</Text>
      </View>
      {isMini ? null : entry}
    </View>
  );
}

function greetingOf(hour: number): number {
  if (hour < 5) return 0;
  if (hour < 11) return 1;
  if (hour < 14) return 2;
  return hour < 18 ? 3 : 4;
}

function statusBarPx(): number {
  return Taro.getWindowInfo?.().statusBarHeight ?? 20;
}
