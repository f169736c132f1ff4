export type OrderStatus = 'paid' | 'partially-refunded' | 'refunded';

export type OrderSummary = {
  id: string;
  orderNo: string;
  status: OrderStatus;
  storeId: string;
  netFen: number;
  refundedFen: number;
  pointsEarned: number;
  paidAt: string;
  /** How many things were bought. */
  items: number;
};

export type OrderLine = {
  lineId: string;
  sku: string;
  name: string;
  quantity: number;
  returnedQuantity: number;
  unitPriceFen: number;
  grossFen: number;
  discountFen: number;
  netFen: number;
  pointsEarned: number;
};

export type OrderEffect = { kind: string; name: string; amountFen: number };

export type Tender = { no: number; kind: string; amountFen: number; refundedFen: number; points?: number | null };

export type OrderReturn = { id: string; at: string; amountFen: number; reason: string | null };

export type Order = Omit<OrderSummary, 'items'> & {
  channel: string;
  grossFen: number;
  discountFen: number;
  feesFen?: number;
  pointsSpent: number;
  lines: OrderLine[];
  effects: OrderEffect[];
  tenders: Tender[];
  returns: OrderReturn[];
};
