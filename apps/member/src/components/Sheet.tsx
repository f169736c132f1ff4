import { Text, View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { useText } from '../locale/locale.ts';
import { Icon } from './Icon.tsx';
import { Tap } from './Tap.tsx';

export type SheetProps = { title: string; onClose: () => void; children: ReactNode };

/** A panel from the bottom edge. Mounted only while it is open. */
export function Sheet({ title, onClose, children }: SheetProps) {
  const text = useText();
  return (
    <View className="sheet" catchMove>
      <View className="sheet-shade" onClick={onClose} />
      <View className="sheet-panel" role="dialog" aria-modal="true" aria-label={title}>
        <View className="sheet-head">
          <Text className="sheet-title">{title}</Text>
          <Tap className="sheet-close" label={text.common.close} onTap={onClose}><Icon name="close" /></Tap>
        </View>
        {children}
      </View>
    </View>
  );
}
