import { View } from '@tarojs/components';
import type { CSSProperties } from 'react';
import { svgUri } from '../code/svgUri.ts';
import { icons, type IconName } from '../icons/icons.ts';

export type IconProps = { name: IconName; size?: 'small' | 'medium' | 'large'; className?: string };

/** A shape in the text's own colour: a mask, since mini programs show no inline SVG. */
export function Icon({ name, size = 'medium', className = '' }: IconProps) {
  return <View className={`icon icon-${size} ${className}`} style={maskOf(name)} aria-hidden="true" />;
}

const masks = new Map<IconName, CSSProperties>();

function maskOf(name: IconName): CSSProperties {
  const known = masks.get(name);
  if (known) return known;
  const image = `url("${svgUri('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000" stroke-width="1.600" '
    + `stroke-linecap="round" stroke-linejoin="round">${icons[name]}</svg>`)}")`;
  // A variable, since Taro drops prefixed properties from inline styles; the sheet sets both masks from it.
  const style = { '--icon': image } as CSSProperties;
  masks.set(name, style);
  return style;
}
