// ISO/IEC 15417 Code 128: widths of bar, space, bar, … for each symbol value 0…106 (106 is stop).
const WIDTHS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 '
  + '123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 '
  + '232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 '
  + '313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 '
  + '111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 '
  + '111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 '
  + '114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112'
).split(' ');

const CODE_C = 99;
const CODE_B = 100;
const START_B = 104;
const START_C = 105;
const STOP = 106;
const QUIET_MODULES = 10;

/** Symbol values with start, check and stop. Digits go in pairs (set C), which halves a numeric code. */
export function code128Values(text: string): number[] {
  if (!/^[ -~]+$/.test(text)) throw new RangeError('Code 128 B and C carry printable ASCII only');
  const values: number[] = [];
  let set: 'B' | 'C' | null = null;
  let at = 0;
  while (at < text.length) {
    const digits = /^\d+/.exec(text.slice(at))?.[0].length ?? 0;
    const pairs = digits >= 4 || (set === 'C' && digits >= 2) ? Math.floor(digits / 2) : 0;
    if (pairs > 0) {
      if (set !== 'C') values.push(set === null ? START_C : CODE_C);
      set = 'C';
      for (let pair = 0; pair < pairs; pair += 1, at += 2) values.push(Number(text.slice(at, at + 2)));
      continue;
    }
    if (set !== 'B') values.push(set === null ? START_B : CODE_B);
    set = 'B';
    values.push(text.charCodeAt(at) - 32);
    at += 1;
  }
  const check = values.reduce((sum, value, index) => sum + value * Math.max(index, 1), 0) % 103;
  return [...values, check, STOP];
}

/** Bars as `[left, width]` in modules, quiet zones included in `modules`. */
export function code128Bars(text: string): { bars: [number, number][]; modules: number } {
  const bars: [number, number][] = [];
  let left = QUIET_MODULES;
  for (const value of code128Values(text)) {
    [...(WIDTHS[value] ?? '')].forEach((digit, index) => {
      const width = Number(digit);
      if (index % 2 === 0) bars.push([left, width]);
      left += width;
    });
  }
  return { bars, modules: left + QUIET_MODULES };
}

export function code128Svg(text: string): string {
  const { bars, modules } = code128Bars(text);
  const path = bars.map(([left, width]) => `M${left} 0h${width}v40h-${width}z`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${modules * 4}" height="160" viewBox="0 0 ${modules} 40" preserveAspectRatio="none" shape-rendering="crispEdges">`
    + `<rect width="${modules}" height="40" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}
