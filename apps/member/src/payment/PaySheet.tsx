import { Text, View } from '@tarojs/components';
import { useMemo } from 'react';
import { qrSvg } from '../code/qr.ts';
import { svgUri } from '../code/svgUri.ts';
import { Picture } from '../components/Picture.tsx';
import { Sheet } from '../components/Sheet.tsx';
import { formatYuan } from '../format/money.ts';
import { useText } from '../locale/locale.ts';

/** WeChat Pay's code for whoever pays from another screen. */
export function PaySheet({ codeUrl, amountFen, onClose }: { codeUrl: string; amountFen: number; onClose: () => void }) {
  const text = useText();
  const qr = useMemo(() => svgUri(qrSvg(codeUrl)), [codeUrl]);
  return (
    <Sheet title={text.storedValue.scanTitle} onClose={onClose}>
      <View className="scan">
        <Text className="scan-figure figures">{formatYuan(amountFen)}</Text>
        <Picture className="scan-code" src={qr} label={text.storedValue.scanTitle} />
        <Text className="scan-hint">{text.storedValue.scanHint}</Text>
        <Text className="scan-wait" role="status">{text.storedValue.waiting}</Text>
      </View>
    </Sheet>
  );
}
