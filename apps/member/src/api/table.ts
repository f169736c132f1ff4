export type TableLine = { lineId: string; name: string; quantity: number; units: number; netFen: number };

export type TableShare = {
  no: number;
  name: string;
  state: 'open' | 'paid';
  isMine: boolean;
  /** Nobody else keeps it: this guest may take and pay it. */
  isFree: boolean;
  orderId: string;
  totalFen: number;
  discountFen: number;
  feesFen: number;
  lines: TableLine[];
};

/** A divided bill as a guest at the table sees it. */
export type Table = {
  id: string;
  state: 'open' | 'paid' | 'void';
  note: string | null;
  storeName: string | null;
  totalFen: number;
  paidFen: number;
  discountFen: number;
  revision: number;
  effects: { name: string; amountFen: number }[];
  shares: TableShare[];
  points: number;
  storedValueFen: number;
  /** Stored value is there and may not be used: lost, or in dispute. */
  isFrozen: boolean;
  /** What points could pay of the share that this guest has taken. */
  mostPoints: number;
  pointsWorthFen: number;
};

export type TableTender = { kind: 'points' | 'stored-value' | 'wechat'; amountFen?: number; points?: number; paymentId?: string };
