import { Text, View } from '@tarojs/components';
import { Icon } from '../../components/Icon.tsx';
import { Tap } from '../../components/Tap.tsx';
import type { IconName } from '../../icons/icons.ts';
import { useText } from '../../locale/locale.ts';
import { open, type RouteName } from '../../routes.ts';

export function Menu() {
  const text = useText();
  const entries: { route: RouteName; icon: IconName; name: string }[] = [
    { route: 'coupon-center', icon: 'gift', name: text.menu.couponCenter },
    { route: 'mall', icon: 'star', name: text.menu.mall },
    { route: 'benefits', icon: 'cake', name: text.menu.benefits },
    { route: 'orders', icon: 'receipt', name: text.menu.orders },
    { route: 'stored-value', icon: 'wallet', name: text.menu.topUp },
    { route: 'cards', icon: 'ticket', name: text.menu.cards },
    { route: 'offline', icon: 'receipt', name: text.menu.offline },
    { route: 'stores', icon: 'store', name: text.menu.stores },
  ];
  return (
    <View className="menu" role="navigation">
      {entries.map(({ route, icon, name }) => (
        <Tap key={route} className="menu-entry" role="link" onTap={() => open(route)}>
          <View className="menu-icon"><Icon name={icon} /></View>
          <Text className="menu-name">{name}</Text>
        </Tap>
      ))}
    </View>
  );
}
