/** What a code says to a till that cannot ask. Short names: it is scanned as a QR code. */
export interface OfflineClaims {
  /** code */
  i: string;
  /** member */
  m: string;
  /** name as the till greets it */
  n: string;
  /** tier at the time */
  t: string | null;
  /** first order */
  f: 0 | 1;
  /** allowance in fen */
  a: number;
  /** expires, seconds of the epoch */
  e: number;
  /** key */
  k: string;
}
