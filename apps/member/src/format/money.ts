/** 123450 → "1,234.50". Written out because Intl is missing from some WeChat engines. */
export function formatFen(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const absolute = Math.abs(fen);
  const cents = String(absolute % 100).padStart(2, '0');
  return `${sign}${formatCount(Math.floor(absolute / 100))}.${cents}`;
}

export function formatYuan(fen: number): string {
  return fen < 0 ? `-¥${formatFen(-fen)}` : `¥${formatFen(fen)}`;
}

/** Whole yuan without the zeros, for plans and coupons: 20000 → "200", 1050 → "10.50". */
export function formatShortFen(fen: number): string {
  return fen % 100 === 0 ? formatCount(fen / 100) : formatFen(fen);
}

export function formatCount(count: number): string {
  const sign = count < 0 ? '-' : '';
  return sign + String(Math.abs(count)).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function formatSigned(count: number): string {
  return count > 0 ? `+${formatCount(count)}` : formatCount(count);
}

export function formatSignedYuan(fen: number): string {
  return fen > 0 ? `+${formatYuan(fen)}` : formatYuan(fen);
}
