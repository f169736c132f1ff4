/** An automatic discount: what the offer engine knows of it that a person sets here. */
export interface Offer {
  id: string;
  name: string;
  /** The form writes "amount-off" and "percent-off"; the engine knows more, which come as definitions through the API. */
  kind: string;
  amountFen?: number | null;
  percentOff?: number | null;
  capFen?: number | null;
  thresholdFen: number;
  weekdays: number[];
  tierIds: string[];
  storeIds: string[];
  categories: string[];
  channels: string[];
  from: string | null;
  until: string | null;
  isStackable: boolean;
  priority: number;
  isActive: boolean;
  state: "draft" | "live" | "paused" | "ended";
  sentence: string;
  sentenceEn: string;
}
