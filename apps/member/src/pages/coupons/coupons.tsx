import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Coupon, CouponState, Reason } from '../../api/coupon.ts';
import { Action } from '../../components/Action.tsx';
import { CouponTicket } from '../../components/CouponTicket.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Listing } from '../../components/Listing.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Segments } from '../../components/Segments.tsx';
import { daysUntil, formatDay, formatLastDay } from '../../format/instants.ts';
import { formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { open } from '../../routes.ts';
import { memberApi } from '../../session/session.ts';
import { useListed } from '../../session/useListed.ts';

const SOON_DAYS = 7;

function CouponsPage() {
  const text = useText();
  return <Page title={text.coupons.title} needsSignIn><CouponsContent /></Page>;
}

function CouponsContent() {
  const text = useText();
  const [state, setState] = useState<CouponState>('usable');
  const coupons = useListed(`coupons.${state}`, (cursor) => memberApi.coupons(state, cursor), { isLive: true });
  const states: CouponState[] = ['usable', 'used', 'expired'];
  return (
    <>
      <Segments
        label={text.coupons.title}
        value={state}
        options={states.map((value) => ({ value, text: text.coupons[value] }))}
        onChoose={setState}
      />
      {state === 'usable' ? <Text className="page-note">{text.coupons.how}</Text> : null}
      <Listing
        list={coupons}
        className="tickets"
        isTall
        empty={(
          <Notice icon="ticket" title={text.coupons.empty[state]} {...(state === 'usable' ? { hint: text.coupons.emptyHint } : {})}>
            {state === 'usable' ? <Action kind="quiet" text={text.coupons.center} onTap={() => open('coupon-center')} /> : null}
          </Notice>
        )}
      >
        {(coupon) => <CouponRow key={coupon.id} coupon={coupon} state={state} />}
      </Listing>
    </>
  );
}

function CouponRow({ coupon, state }: { coupon: Coupon; state: CouponState }) {
  const text = useText();
  const reasons = coupon.reasons ?? [];
  return (
    <CouponTicket terms={coupon} note={validity(coupon, state, text)} isDim={state !== 'usable'}>
      {state === 'usable' && reasons.length > 0 ? (
        <View className="ticket-reasons">
          {reasons.map((reason) => <ReasonLine key={reason.code + reason.message} reason={reason} />)}
        </View>
      ) : null}
    </CouponTicket>
  );
}

function ReasonLine({ reason }: { reason: Reason }) {
  const text = useText();
  const missingFen = Object.entries(reason.missing ?? {}).find(([unit]) => unit.endsWith('Fen'))?.[1];
  return (
    <View className="ticket-reason">
      <Icon name="alert" size="small" />
      <Text>{reason.message}{missingFen ? ` · ${text.coupons.missing(formatYuan(missingFen))}` : ''}</Text>
    </View>
  );
}

function validity(coupon: Coupon, state: CouponState, text: ReturnType<typeof useText>): string {
  if (state === 'used' && coupon.usedAt) return text.coupons.usedAt(formatDay(coupon.usedAt));
  if (!coupon.validUntil) return '';
  const left = daysUntil(coupon.validUntil, new Date());
  const until = text.coupons.until(formatLastDay(coupon.validUntil));
  return state === 'usable' && left <= SOON_DAYS ? `${until} · ${text.coupons.leftDays(left)}` : until;
}

export default CouponsPage;
