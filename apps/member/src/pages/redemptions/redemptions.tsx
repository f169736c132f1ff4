import { Text, View } from '@tarojs/components';
import { useMemo, useState } from 'react';
import type { Redemption } from '../../api/mall.ts';
import { qrSvg } from '../../code/qr.ts';
import { svgUri } from '../../code/svgUri.ts';
import { Action } from '../../components/Action.tsx';
import { ItemPicture } from '../../components/ItemPicture.tsx';
import { Listing } from '../../components/Listing.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { Picture } from '../../components/Picture.tsx';
import { Sheet } from '../../components/Sheet.tsx';
import { toast, toastProblem } from '../../components/toast.ts';
import { formatDay, formatInstant } from '../../format/instants.ts';
import { formatCount, formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { open } from '../../routes.ts';
import { memberApi } from '../../session/session.ts';
import { useListed } from '../../session/useListed.ts';

function RedemptionsPage() {
  const text = useText();
  return <Page title={text.redemptions.title} needsSignIn><RedemptionsContent /></Page>;
}

function RedemptionsContent() {
  const text = useText();
  const redemptions = useListed('redemptions', memberApi.redemptions, { isLive: true });
  const [shownId, setShownId] = useState<string | null>(null);
  // From the list, which hears of the counter: once it is handed out there is no code, and the sheet goes.
  const shown = redemptions.value?.find((one) => one.id === shownId) ?? null;
  const cancel = async (one: Redemption) => {
    setShownId(null);
    try {
      await memberApi.cancelRedemption(one.id);
      toast(text.redemptions.cancelled);
    } catch (error) {
      toastProblem(error);
    }
    await redemptions.reload();
  };
  return (
    <>
      <Listing
        list={redemptions}
        className="rows section"
        empty={<Notice icon="gift" title={text.redemptions.empty} hint={text.redemptions.emptyHint}><Action kind="quiet" text={text.mall.title} onTap={() => open('mall')} /></Notice>}
      >
        {(one) => <Row key={one.id} one={one} onShow={() => setShownId(one.id)} />}
      </Listing>
      {shown?.code ? <CodeSheet one={shown} code={shown.code} onClose={() => setShownId(null)} onCancel={() => void cancel(shown)} /> : null}
    </>
  );
}

function Row({ one, onShow }: { one: Redemption; onShow: () => void }) {
  const text = useText();
  const price = one.cashFen > 0 ? text.mall.price(formatCount(one.points), formatYuan(one.cashFen)) : text.mall.points(formatCount(one.points));
  return (
    <View className="redemption" role="listitem">
      <View className="redemption-head">
        <ItemPicture className="redemption-picture" pictureId={one.pictureId} name={one.name} />
        <View className="row-words">
          <Text className="row-name">{one.quantity > 1 ? `${one.name} × ${one.quantity}` : one.name}</Text>
          <Text className="row-note figures">{price}</Text>
          <Text className="row-note figures">{formatInstant(one.createdAt)}</Text>
        </View>
        <Text className={`redemption-state is-${one.state}`}>{text.redemptions.states[one.state]}</Text>
      </View>
      {one.code ? <Action kind="quiet" text={text.redemptions.show} onTap={onShow} /> : null}
    </View>
  );
}

function CodeSheet({ one, code, onClose, onCancel }: { one: Redemption; code: string; onClose: () => void; onCancel: () => void }) {
  const text = useText();
  const qr = useMemo(() => svgUri(qrSvg(code)), [code]);
  return (
    <Sheet title={text.redemptions.code} onClose={onClose}>
      <View className="scan">
        <Text className="mall-title">{one.name}</Text>
        <Picture className="scan-code" src={qr} label={text.redemptions.code} />
        <Text className="pickup-code figures">{code}</Text>
        <Text className="scan-hint">{text.redemptions.codeHint}</Text>
        {one.pickupUntil ? <Text className="scan-hint figures">{text.redemptions.until(formatDay(one.pickupUntil))}</Text> : null}
        <Action kind="plain" text={text.redemptions.cancel} onTap={onCancel} />
      </View>
    </Sheet>
  );
}

export default RedemptionsPage;
