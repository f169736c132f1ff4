import { Image } from '@tarojs/components';
import { isMini } from '../platform.ts';

export type PictureProps = { src: string; label: string; className: string };

/** An image that fills its box, with a name, which each platform wants to be told in its own way. */
export function Picture({ src, label, className }: PictureProps) {
  const name = isMini ? { 'aria-label': label } : { nativeProps: { alt: label } };
  return <Image className={className} src={src} mode="scaleToFill" {...name} />;
}
