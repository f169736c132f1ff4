/** How alike two texts are, from 0 to 1: Winkler's, for which a slip at the end costs less than one at the beginning. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const jaro = jaroOf(a, b);
  let same = 0;
  while (same < 4 && same < a.length && a[same] === b[same]) same++;
  return jaro + same * 0.1 * (1 - jaro);
}

function jaroOf(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, (Math.max(a.length, b.length) >> 1) - 1);
  const taken = new Uint8Array(b.length);
  const found: string[] = [];
  for (let at = 0; at < a.length; at++) {
    const until = Math.min(b.length, at + reach + 1);
    for (let other = Math.max(0, at - reach); other < until; other++) {
      if (taken[other] || a[at] !== b[other]) continue;
      taken[other] = 1;
      found.push(a.charAt(at));
      break;
    }
  }
  if (found.length === 0) return 0;
  let turned = 0;
  let next = 0;
  for (let other = 0; other < b.length; other++) if (taken[other] && b[other] !== found[next++]) turned++;
  return (found.length / a.length + found.length / b.length + (found.length - turned / 2) / found.length) / 3;
}

/** How many pairs of neighbouring characters two texts share, from 0 to 1 (Dice): words may change places. */
export function sharedPairs(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = new Map<string, number>();
  for (let at = 0; at < a.length - 1; at++) pairs.set(a.slice(at, at + 2), (pairs.get(a.slice(at, at + 2)) ?? 0) + 1);
  let shared = 0;
  for (let at = 0; at < b.length - 1; at++) {
    const left = pairs.get(b.slice(at, at + 2)) ?? 0;
    if (left === 0) continue;
    pairs.set(b.slice(at, at + 2), left - 1);
    shared++;
  }
  return (2 * shared) / (a.length + b.length - 2);
}

/** Whether one slip of the finger makes the one text the other: a character changed, left out, put in, or two turned round. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let [endA, endB] = [a.length, b.length];
  for (; endA > from && endB > from && a[endA - 1] === b[endB - 1]; endA--) endB--;
  const [left, right] = [a.slice(from, endA), b.slice(from, endB)];
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]);
}
