import { Text } from '@tarojs/components';
import type { ClaimableTemplate } from '../../api/coupon.ts';
import { useCouponShare } from '../../components/CouponShare.tsx';
import { CouponTicket } from '../../components/CouponTicket.tsx';
import { Listing } from '../../components/Listing.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Tap } from '../../components/Tap.tsx';
import { toast } from '../../components/toast.ts';
import { formatCount } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { memberApi } from '../../session/session.ts';
import { useDeed } from '../../session/useDeed.ts';
import { useListed } from '../../session/useListed.ts';

const LOW_STOCK = 100;

function CouponCenterPage() {
  const text = useText();
  return <Page title={text.coupons.center} needsSignIn><CenterContent /></Page>;
}

function CenterContent() {
  const text = useText();
  const templates = useListed('coupon-center', memberApi.couponCenter);
  const sharing = useCouponShare();
  const share = (id: string) => void sharing.ask('share', memberApi.shareCoupon(id));
  return (
    <>
      <Listing
        list={templates}
        className="tickets"
        isTall
        empty={<Notice icon="gift" title={text.coupons.centerEmpty} hint={text.coupons.centerEmptyHint} />}
      >
        {(template) => <Claimable key={template.id} template={template} onShare={() => share(template.id)} onClaimed={() => void templates.reload()} />}
      </Listing>
      {sharing.panel}
    </>
  );
}

type ClaimableProps = { template: ClaimableTemplate; onShare: () => void; onClaimed: () => void };

function Claimable({ template, onShare, onClaimed }: ClaimableProps) {
  const text = useText();
  const { isBusy, act } = useDeed();
  const isGone = template.stock !== null && template.stock <= template.issued;
  // The server's word counts; the two others only choose how the button says it.
  const isMine = template.perMember !== null && (template.claimed ?? 0) >= template.perMember;
  const isOpen = (template.claimable ?? true) && !isGone && !isMine;
  const claim = () => act(async () => {
    await memberApi.claimCoupon(template.id);
    toast(text.coupons.claimedToast);
    onClaimed();
  });
  const word = isMine ? text.coupons.claimed : isGone ? text.coupons.gone : text.coupons.claim;
  return (
    <CouponTicket
      terms={template}
      note={stockLeft(template, text)}
      isDim={!isOpen}
      aside={(
        <>
          <Tap className={`claim ${isOpen ? '' : 'is-over'}`} label={`${word} ${template.name}`} isDisabled={!isOpen || isBusy} onTap={() => void claim()}>
            <Text>{word}</Text>
          </Tap>
          {template.share ? <Tap className="claim is-over" label={`${text.coupons.share} ${template.name}`} onTap={onShare}><Text>{text.coupons.share}</Text></Tap> : null}
        </>
      )}
    />
  );
}

/** The sentence says how long it is good for; what is left of it changes and stands apart. */
function stockLeft({ stock, issued }: ClaimableTemplate, text: ReturnType<typeof useText>): string {
  const left = stock === null ? null : stock - issued;
  return left !== null && left > 0 && left <= LOW_STOCK ? text.coupons.stock(formatCount(left)) : '';
}

export default CouponCenterPage;
