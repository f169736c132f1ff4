import { contrast, hex, mix, readableOn, readHex, type Rgb } from './color.ts';

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];
const LIGHT_SURFACE: Rgb = [255, 255, 255];
const DARK_SURFACE: Rgb = [31, 29, 28];

/** The brand's one colour spread over the roles that the style sheets name, for both tones at once. */
export function brandVariables(primary: string): Record<string, string> {
  const brand = readHex(primary);
  // The card is dark enough for white text whatever the brand chose, also a pale yellow.
  const face = readableOn(brand, WHITE, BLACK);
  const button = contrast(brand, WHITE) >= 3.4 ? readableOn(brand, WHITE, BLACK) : brand;
  return {
    '--brand-fill': hex(button),
    '--brand-on-fill': contrast(button, WHITE) >= 4.4 ? '#ffffff' : '#1b1917',
    '--brand-face-from': hex(mix(face, [255, 120, 60], 0.1)),
    '--brand-face': hex(face),
    '--brand-face-to': hex(mix(face, BLACK, 0.52)),
    '--brand-text-light': hex(readableOn(brand, LIGHT_SURFACE, BLACK)),
    '--brand-text-dark': hex(readableOn(brand, DARK_SURFACE, WHITE)),
    '--brand-tint-light': hex(mix(brand, WHITE, 0.91)),
    '--brand-tint-dark': hex(mix(brand, DARK_SURFACE, 0.82)),
  };
}
