import Taro from '@tarojs/taro';

export type RouteName = 'card' | 'join' | 'points' | 'tier' | 'stored-value' | 'cards' | 'coupons' | 'coupon-center' | 'coupon-link' | 'mall' | 'mall-item' | 'redemptions' | 'benefits' | 'orders' | 'order' | 'split' | 'offline' | 'profile' | 'privacy' | 'stores';

export function routePath(name: RouteName, query: Record<string, string> = {}): string {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return `/pages/${name}/${name}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

export function open(name: RouteName, query: Record<string, string> = {}): void {
  void Taro.navigateTo({ url: routePath(name, query) });
}

/** Whether the page on top is this one: what leads to itself would pile it up. */
export function isHere(name: RouteName): boolean {
  const pages = Taro.getCurrentPages();
  return pages[pages.length - 1]?.route?.includes(`pages/${name}/`) ?? false;
}

/** Back where the guest came from, or home when the page was opened by a link. */
export function goBack(): void {
  if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
  else void Taro.reLaunch({ url: routePath('card') });
}
