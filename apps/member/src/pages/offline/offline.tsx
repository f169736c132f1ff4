import { Text, View } from '@tarojs/components';
import { useMemo, useRef, useState } from 'react';
import { qrSvg } from '../../code/qr.ts';
import { svgUri } from '../../code/svgUri.ts';
import { Action } from '../../components/Action.tsx';
import { Page, Section } from '../../components/Page.tsx';
import { Picture } from '../../components/Picture.tsx';
import { formatInstant } from '../../format/instants.ts';
import { formatYuan } from '../../format/money.ts';
import { useText } from '../../locale/locale.ts';
import { recall, remember } from '../../session/memory.ts';
import { memberApi, newKey, offlineCodePlace } from '../../session/session.ts';
import { useDeed } from '../../session/useDeed.ts';
import type { OfflineCode } from '../../api/offline.ts';

const ALLOWANCE_FEN = 20_000;

function OfflinePage() {
  const text = useText();
  return <Page title={text.offline.title} needsSignIn><OfflineContent /></Page>;
}

function OfflineContent() {
  const text = useText();
  // Kept on the phone: when the code is needed, the phone may have no network either.
  const [code, setCode] = useState(() => usable(recall<OfflineCode>(offlineCodePlace())));
  const { isBusy, act } = useDeed();
  const key = useRef(newKey());
  const prepare = () => act(async () => {
    const issued = await memberApi.issueOfflineCode(ALLOWANCE_FEN, key.current);
    remember(offlineCodePlace(), issued);
    setCode(issued);
  });
  return (
    <Section>
      <Text className="plan-terms">{text.offline.text(formatYuan(ALLOWANCE_FEN))}</Text>
      {code ? <CodeCard code={code} /> : <Action text={text.offline.prepare} isBusy={isBusy} onTap={() => void prepare()} />}
    </Section>
  );
}

const usable = (code: OfflineCode | null): OfflineCode | null => (code && new Date(code.expiresAt).getTime() > Date.now() ? code : null);

function CodeCard({ code }: { code: OfflineCode }) {
  const text = useText();
  const qr = useMemo(() => svgUri(qrSvg(code.code)), [code.code]);
  return (
    <View className="scan">
      <Text className="scan-figure figures">{formatYuan(code.allowanceFen)}</Text>
      <Picture className="scan-code" src={qr} label={text.offline.title} />
      <Text className="scan-hint">{text.offline.until(formatInstant(code.expiresAt))}</Text>
    </View>
  );
}

export default OfflinePage;
