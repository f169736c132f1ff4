import type { Condition, Field } from "./object.ts";

/** How people ask: some of it is two conditions, or one turned round. */
export type Asked = Condition["op"] | "between" | "empty";

export function askableOf({ kind, operators }: Pick<Field, "kind" | "operators">): Asked[] {
  const known = operators as Condition["op"][];
  const isRange = known.includes("gte") && known.includes("lte");
  return [...(isRange ? ["between" as const] : []), ...known.filter((one) => one !== "in" || kind === "choice"), ...(known.includes("filled") ? ["empty" as const] : [])];
}

/** Those that several options are chosen for. */
export const asksForSeveral = (asked: Asked): boolean => asked === "in" || asked === "any" || asked === "all";

const isGiven = (value: unknown): boolean => value !== null && value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);

/** None while something is missing; of a range one end is enough. */
export function conditionsFor(field: string, asked: Asked, value: unknown, until: unknown): Condition[] {
  const one = (op: Condition["op"], of: unknown): Condition[] => (isGiven(of) ? [{ field, op, value: of as string }] : []);
  switch (asked) {
    case "filled": return [{ field, op: "filled" }];
    case "empty": return [{ field, op: "filled", value: false }];
    case "between": return [...one("gte", value), ...one("lte", until)];
    default: return one(asked, value);
  }
}
