export type Listed<Item> = {
  items: Item[];
  nextCursor: string | null;
  count?: { value: number; capped: boolean };
};
