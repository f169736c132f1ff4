import { Image, View } from '@tarojs/components';
import { session } from '../session/session.ts';
import { useStore } from '../session/store.ts';
import { isMini } from '../platform.ts';
import { Icon } from './Icon.tsx';

/** The picture of something of the mall; without one, a gift. */
export function ItemPicture({ pictureId, name, className }: { pictureId: string | null; name: string; className: string }) {
  const { brandCode } = useStore(session);
  if (!pictureId) return <View className={`${className} is-empty`}><Icon name="gift" size="large" /></View>;
  const label = isMini ? { 'aria-label': name } : { nativeProps: { alt: name } };
  return <Image className={className} src={`${API_BASE}/api/member/brands/${encodeURIComponent(brandCode)}/mall-pictures/${pictureId}`} mode="aspectFill" lazyLoad {...label} />;
}
