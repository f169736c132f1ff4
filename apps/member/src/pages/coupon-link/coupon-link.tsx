import { useRouter } from '@tarojs/taro';
import { Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import type { CouponLink, LinkWay } from '../../api/coupon.ts';
import { Action } from '../../components/Action.tsx';
import { CouponTicket } from '../../components/CouponTicket.tsx';
import { Notice, ProblemNotice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { toast } from '../../components/toast.ts';
import { formatLastDay } from '../../format/instants.ts';
import { useText } from '../../locale/locale.ts';
import { open } from '../../routes.ts';
import { useBrand } from '../../session/brandState.ts';
import { memberApi, session } from '../../session/session.ts';
import { useDeed } from '../../session/useDeed.ts';
import { useStore } from '../../session/store.ts';
import { useResource } from '../../session/useResource.ts';

function CouponLinkPage() {
  const text = useText();
  return <Page title={text.couponLink.title}><LinkContent /></Page>;
}

/** Opened by a friend's link: guests see the coupon, too, and join on the way to it. */
function LinkContent() {
  const text = useText();
  const { gift, share } = useRouter().params;
  const way: LinkWay = gift ? 'gift' : 'share';
  const code = gift ?? share ?? '';
  const { token, brandCode } = useStore(session);
  const [isWanted, setWanted] = useState(false);
  const link = useResource(
    `coupon-link.${way}.${code}.${token === null ? 'guest' : 'member'}`,
    () => (token === null ? memberApi.guestLink(brandCode, way, code) : memberApi.link(way, code)),
    { needsSignIn: false },
  );
  if (link.value) return <LinkFace way={way} link={link.value} isMember={token !== null} isWanted={isWanted} onWanted={setWanted} onChanged={link.reload} />;
  if (link.problem === null) return <Skeleton rows={4} />;
  if (link.problem.status === 404) return <Notice icon="ticket" title={text.couponLink.unknown} hint={text.couponLink.unknownHint} />;
  return <ProblemNotice problem={link.problem} onRetry={() => void link.reload()} />;
}

type LinkFaceProps = { way: LinkWay; link: CouponLink; isMember: boolean; isWanted: boolean; onWanted: (isWanted: boolean) => void; onChanged: () => Promise<void> };

function LinkFace({ way, link, isMember, isWanted, onWanted, onChanged }: LinkFaceProps) {
  const text = useText();
  const { brand } = useBrand();
  const { isBusy, act } = useDeed(onChanged);
  const take = () => act(async () => {
    await memberApi.takeLink(way, link.token);
    toast(text.coupons.claimedToast);
  });
  // Whoever pressed as a guest has joined meanwhile: that was the wish, it needs no second tap.
  useEffect(() => {
    if (!isMember || !isWanted) return;
    onWanted(false);
    if (link.against === null) void take();
  });
  const press = () => {
    if (isMember) return void take();
    onWanted(true);
    open('join');
  };
  const word = link.against === null ? null : text.couponLink.against[way][link.against];
  const isIn = link.against === 'taken' || link.against === 'own';
  return (
    <View className="coupon-link">
      <View className="join-logo"><Text>{brand?.theme.logoText ?? ''}</Text></View>
      <Text className="join-title">{link.isMine ? text.couponLink.mine : text.couponLink.lead(link.fromName)}</Text>
      <Text className="join-hint">{link.message || text.couponLink.hint(brand?.name ?? '')}</Text>
      <View role="list"><CouponTicket terms={link} note={word === null ? text.couponLink.until(formatLastDay(link.expiresAt)) : ''} isDim={word !== null && !isIn} /></View>
      {word ? <Text className="coupon-link-word" role="status">{word}</Text> : null}
      {link.against === null ? <Action text={isMember ? text.couponLink.take : text.couponLink.joinAndTake} isBusy={isBusy} onTap={press} /> : null}
      {isIn ? <Action kind="quiet" text={text.coupons.title} onTap={() => open('coupons')} /> : null}
      {word !== null && !isIn && isMember ? <Action kind="quiet" text={text.coupons.center} onTap={() => open('coupon-center')} /> : null}
    </View>
  );
}

export default CouponLinkPage;
