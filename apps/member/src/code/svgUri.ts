/** An SVG as an image source that needs no canvas: both platforms show it. */
export function svgUri(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
