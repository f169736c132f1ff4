import qrcode from 'qrcode-generator';

const QUIET_MODULES = 3;

/** One row of booleans per module row, true is dark. Error correction M: a scratched screen still reads. */
export function qrModules(text: string): boolean[][] {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  return Array.from({ length: size }, (_row, y) => Array.from({ length: size }, (_cell, x) => code.isDark(y, x)));
}

/** Drawn with a size of its own, or a browser fits it into 150 pixels. */
export function qrSvg(text: string): string {
  const rows = qrModules(text);
  const size = rows.length + QUIET_MODULES * 2;
  const path = rows.flatMap((row, y) => row.map((dark, x) =>
    (dark ? `M${x + QUIET_MODULES} ${y + QUIET_MODULES}h1v1h-1z` : ''))).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">`
    + `<rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}
