import type { TFunction } from "i18next";

export interface Count {
  value: number;
  capped: boolean;
}

/** A cursor page. Small set-up lists come without cursor and count. */
export interface Page<T> {
  items: T[];
  nextCursor?: string | null;
  count?: Count | null;
}

/** "1,204 条" or "10,000+ 条": the server stops counting at its cap so that no list waits for a count. */
export function countSentence(t: TFunction, count: Count): string {
  const number = count.value.toLocaleString("en-US") + (count.capped ? "+" : "");
  return t("table.count", { number });
}
