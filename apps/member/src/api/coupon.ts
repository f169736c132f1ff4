/** Any kind of rule; those without a figure are shown by a word. */
export type CouponKind = string;

/** What a coupon gives, shared by a coupon in hand and a template to claim. */
export type CouponTerms = {
  name: string;
  kind: CouponKind;
  amountFen?: number | null;
  /** 20 = 20 % off (八折). */
  percentOff?: number | null;
  capFen?: number | null;
  thresholdFen: number;
  /** The terms in words, with the stores and categories that they are for. */
  sentence?: string | null;
  sentenceEn?: string | null;
};

/** Why something cannot be used, with the distance to success. */
export type Reason = { code: string; message: string; missing?: { amountFen?: number; points?: number; at?: string } };

export type CouponState = 'usable' | 'used' | 'expired';

export type Coupon = CouponTerms & {
  id: string;
  validFrom?: string | null;
  validUntil: string | null;
  usedAt?: string | null;
  isUsable?: boolean;
  reasons?: Reason[];
  /** What it would take off the bill that was asked about. */
  worthFen?: number | null;
  state?: string;
  templateId: string;
  isGiftable?: boolean;
  isShareable?: boolean;
  /** On its way to a friend. */
  gift?: { token: string; expiresAt: string } | null;
};

/** How a coupon reaches a friend: this very one, or one of the friend's own by a link. */
export type LinkWay = 'gift' | 'share';

/** What a link gives, as whoever holds it sees it. */
export type CouponLink = CouponTerms & {
  token: string;
  fromName: string;
  isMine: boolean;
  message?: string;
  expiresAt: string;
  /** Why it gives nothing to whoever looks at it. */
  against: 'own' | 'taken' | 'used-up' | 'over' | null;
};

export type ClaimableTemplate = CouponTerms & {
  id: string;
  validity: { kind: 'days'; days: number } | { kind: 'fixed'; from: string; until: string };
  stock: number | null;
  perMember: number | null;
  issued: number;
  claimed?: number;
  claimable?: boolean;
  reasons?: Reason[];
  share?: { maxClaims: number; days: number } | null;
};
