import { Text, View } from '@tarojs/components';
import { useMemo } from 'react';
import type { MemberCode } from '../../api/member.ts';
import { code128Svg } from '../../code/code128.ts';
import { qrSvg } from '../../code/qr.ts';
import { svgUri } from '../../code/svgUri.ts';
import { Picture } from '../../components/Picture.tsx';
import { useText } from '../../locale/locale.ts';

/** The same code twice: QR for cameras, Code 128 for laser scanners. Always dark on white. */
export function CodeImages({ code, isLarge = false }: { code: MemberCode; isLarge?: boolean }) {
  const text = useText();
  const qr = useMemo(() => svgUri(qrSvg(code.qr)), [code.qr]);
  const bars = useMemo(() => svgUri(code128Svg(code.barcode)), [code.barcode]);
  return (
    <View className={`code-images ${isLarge ? 'is-large' : ''}`}>
      <Picture className="code-bars" src={bars} label={text.code.barLabel} />
      <Text className="code-digits">{code.barcode.replace(/(.{4})(?=.)/g, '$1 ')}</Text>
      <Picture className="code-qr" src={qr} label={text.code.qrLabel} />
    </View>
  );
}
