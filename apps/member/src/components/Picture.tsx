import { Image } from '@tarojs/components';
import { isMini } from '../platform.ts';

export type PictureProps = { src: string; label: string; mode: 'scaleToFill' | 'aspectFit'; className: string };

/** An image with a name, which each platform wants to be told in its own way. */
export function Picture({ src, label, mode, className }: PictureProps) {
  const name = isMini ? { 'aria-label': label } : { nativeProps: { alt: label } };
  return <Image className={className} src={src} mode={mode} {...name} />;
}
