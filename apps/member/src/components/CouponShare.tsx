import Taro, { useShareAppMessage } from '@tarojs/taro';
import { Button, Text, View } from '@tarojs/components';
import { useMemo, useState, type ReactNode } from 'react';
import type { CouponLink, LinkWay } from '../api/coupon.ts';
import { qrSvg } from '../code/qr.ts';
import { svgUri } from '../code/svgUri.ts';
import { formatDay } from '../format/instants.ts';
import { useText } from '../locale/locale.ts';
import { isMini } from '../platform.ts';
import { routePath } from '../routes.ts';
import { useBrand } from '../session/brandState.ts';
import { session } from '../session/session.ts';
import { Action } from './Action.tsx';
import { Picture } from './Picture.tsx';
import { Sheet } from './Sheet.tsx';
import { toast, toastProblem } from './toast.ts';

type Shown = { way: LinkWay; token: string; name: string; expiresAt: string };

/** A panel to send a coupon's link by. The page's config says `enableShareAppMessage`: WeChat sends what is on the panel. */
export function useCouponShare(): { panel: ReactNode; show: (shown: Shown) => void; ask: (way: LinkWay, request: Promise<CouponLink>) => Promise<void> } {
  const text = useText();
  const { brand } = useBrand();
  const [shown, setShown] = useState<Shown | null>(null);
  useShareAppMessage(() => (shown === null
    ? { title: brand?.name ?? '', path: routePath('card') }
    : { title: text.couponLink.message(brand?.name ?? '', shown.name), path: linkPath(shown) }));
  const ask = (way: LinkWay, request: Promise<CouponLink>) => request.then((link) => setShown({ way, ...link })).catch(toastProblem);
  return { show: setShown, ask, panel: shown ? <ShareSheet shown={shown} onClose={() => setShown(null)} /> : null };
}

const linkPath = ({ way, token }: Shown): string => routePath('coupon-link', { [way]: token });

function ShareSheet({ shown, onClose }: { shown: Shown; onClose: () => void }) {
  const text = useText();
  const note = text.couponLink.note[shown.way](formatDay(shown.expiresAt));
  return (
    <Sheet title={text.couponLink.send} onClose={onClose}>
      <View className="scan">
        {isMini ? <Button className="action action-primary" openType="share">{text.couponLink.wechat}</Button> : <WebLink path={linkPath(shown)} />}
        {shown.way === 'gift' ? <Text className="scan-wait figures">{text.couponLink.code(shown.token)}</Text> : null}
        <Text className="scan-wait">{note}</Text>
      </View>
    </Sheet>
  );
}

function WebLink({ path }: { path: string }) {
  const text = useText();
  const url = `${window.location.origin}${window.location.pathname}?brand=${session.get().brandCode}#${path}`;
  const qr = useMemo(() => svgUri(qrSvg(url)), [url]);
  return (
    <>
      <Picture className="scan-code" src={qr} label={text.couponLink.qr} />
      <Action text={text.couponLink.copy} onTap={() => void Taro.setClipboardData({ data: url }).then(() => toast(text.common.copied)).catch(toastProblem)} />
    </>
  );
}
