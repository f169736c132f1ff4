import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Coupon, CouponState, Reason } from '../../api/coupon.ts';
import { Action } from '../../components/Action.tsx';
import { useCouponShare } from '../../components/CouponShare.tsx';
import { CouponTicket } from '../../components/CouponTicket.tsx';
import { Field } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Listing } from '../../components/Listing.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Segments } from '../../components/Segments.tsx';
import { Tap } from '../../components/Tap.tsx';
import { toast, toastProblem } from '../../components/toast.ts';
import { daysUntil, formatDay, formatLastDay } from '../../format/instants.ts';
import { formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { open } from '../../routes.ts';
import { memberApi } from '../../session/session.ts';
import { useDeed } from '../../session/useDeed.ts';
import { useListed } from '../../session/useListed.ts';

const SOON_DAYS = 7;

function CouponsPage() {
  const text = useText();
  return <Page title={text.coupons.title} needsSignIn><CouponsContent /></Page>;
}

function CouponsContent() {
  const text = useText();
  const [state, setState] = useState<CouponState>('usable');
  const [bill, setBill] = useState('');
  const billFen = state === 'usable' && /^\d{1,6}$/.test(bill) ? Number(bill) * 100 : undefined;
  const coupons = useListed(`coupons.${state}.${billFen ?? ''}`, (cursor) => memberApi.coupons(state, cursor, billFen), { isLive: true });
  const sharing = useCouponShare();
  const states: CouponState[] = ['usable', 'used', 'expired'];
  return (
    <>
      <Segments
        label={text.coupons.title}
        value={state}
        options={states.map((value) => ({ value, text: text.coupons[value] }))}
        onChoose={setState}
      />
      {state === 'usable' ? (
        <>
          <Field label={text.coupons.bill} value={bill} type="number" maxLength={6} placeholder={text.coupons.billHint} onInput={setBill} />
          <CodeField onAdded={() => void coupons.reload()} />
          <Text className="page-note">{text.coupons.how}</Text>
        </>
      ) : null}
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
        {(coupon) => <CouponRow key={coupon.id} coupon={coupon} state={state} sharing={sharing} onChanged={() => void coupons.reload()} />}
      </Listing>
      {sharing.panel}
    </>
  );
}

/** A printed code, or the one that a friend sent: a gift is looked for where the code is no coupon of its own. */
function CodeField({ onAdded }: { onAdded: () => void }) {
  const text = useText();
  const [code, setCode] = useState('');
  const { isBusy, act } = useDeed();
  const add = () => act(async () => {
    toast(await takeCode(code, text));
    setCode('');
    onAdded();
  });
  return (
    <Field
      label={text.coupons.code} value={code} maxLength={40} placeholder={text.coupons.codeHint} onInput={setCode} onConfirm={() => { if (code.trim() !== '') void add(); }}
      aside={<Tap className="claim" label={text.coupons.add} isDisabled={isBusy || code.trim() === ''} onTap={() => void add()}><Text>{text.coupons.add}</Text></Tap>}
    />
  );
}

async function takeCode(code: string, text: ReturnType<typeof useText>): Promise<string> {
  const gift = await memberApi.link('gift', code).catch(() => null);
  if (gift === null) {
    await memberApi.addCode(code);
    return text.coupons.added;
  }
  await memberApi.takeLink('gift', code);
  return text.coupons.received(gift.fromName);
}

type CouponRowProps = { coupon: Coupon; state: CouponState; sharing: ReturnType<typeof useCouponShare>; onChanged: () => void };

function CouponRow({ coupon, state, sharing, onChanged }: CouponRowProps) {
  const text = useText();
  const reasons = coupon.reasons ?? [];
  const worth = coupon.worthFen ? `${text.coupons.worth(formatYuan(coupon.worthFen))} · ` : '';
  const gift = coupon.gift ?? null;
  return (
    <CouponTicket
      terms={coupon} note={worth + validity(coupon, state, text)} isDim={state !== 'usable' || gift !== null}
      aside={state === 'usable' ? (
        <>
          {coupon.isGiftable ? <RowTap word={text.coupons.give} name={coupon.name} onTap={() => void sharing.ask('gift', memberApi.giveCoupon(coupon.id)).then(onChanged)} /> : null}
          {gift ? <RowTap word={text.coupons.send} name={coupon.name} onTap={() => sharing.show({ way: 'gift', name: coupon.name, ...gift })} /> : null}
          {gift ? <RowTap isQuiet word={text.coupons.takeBack} name={coupon.name} onTap={() => void memberApi.takeBackGift(gift.token).catch(toastProblem).finally(onChanged)} /> : null}
          {coupon.isShareable && !gift ? <RowTap isQuiet={coupon.isGiftable === true} word={text.coupons.share} name={coupon.name} onTap={() => void sharing.ask('share', memberApi.shareCoupon(coupon.templateId))} /> : null}
        </>
      ) : null}
    >
      {state === 'usable' && reasons.length > 0 ? (
        <View className="ticket-reasons">
          {gift ? <Text className="ticket-reason">{text.coupons.giving(formatDay(gift.expiresAt))}</Text> : null}
          {reasons.map((reason) => <ReasonLine key={reason.code + reason.message} reason={reason} />)}
        </View>
      ) : null}
    </CouponTicket>
  );
}

type RowTapProps = { word: string; name: string; isQuiet?: boolean; onTap: () => void };

function RowTap({ word, name, isQuiet = false, onTap }: RowTapProps) {
  return <Tap className={`claim ${isQuiet ? 'is-over' : ''}`} label={`${word} ${name}`} onTap={onTap}><Text>{word}</Text></Tap>;
}

/** The distance stands in the reader's language; the server's words where there is none. */
function ReasonLine({ reason }: { reason: Reason }) {
  const text = useText();
  const missingFen = reason.missing?.amountFen;
  return (
    <View className="ticket-reason">
      <Icon name="alert" size="small" />
      <Text>{missingFen ? text.coupons.missing(formatYuan(missingFen)) : reason.message}</Text>
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
