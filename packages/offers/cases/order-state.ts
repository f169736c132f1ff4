/** The life of a bill from the first dish to the last return. */
export type OrderState = "open" | "closed" | "partially_returned" | "cancelled";

const NEXT: Readonly<Record<OrderState, readonly OrderState[]>> = {
  open: ["closed", "cancelled"], closed: ["partially_returned", "cancelled", "open"], partially_returned: ["cancelled"], cancelled: [],
};

/**
 * Whether a bill may go from one state to the other. Closed ones may be opened again as long as nothing was returned, unless `reopening`
 * is off; a cancelled one stays cancelled. Unknown states lead nowhere.
 */
export function mayFollow(from: string, to: string, { reopening = true }: { reopening?: boolean } = {}): boolean {
  if (to === "open" && !reopening) return false;
  return ((NEXT as Partial<Record<string, readonly string[]>>)[from] ?? []).includes(to);
}
