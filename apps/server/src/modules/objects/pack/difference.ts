import { isDeepStrictEqual } from "node:util";
import type { Step } from "./pack.schema.ts";

/** What a wish says otherwise than it is; what it does not say stays. */
export function differences(wish: object, now: object): Step["changes"] {
  const is: Record<string, unknown> = { ...now };
  return Object.entries(wish).filter(([name, after]) => after !== undefined && !isDeepStrictEqual(after, is[name] ?? null) && !(after === false && is[name] === undefined))
    .map(([name, after]) => ({ name, before: is[name] ?? null, after: after as unknown }));
}

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

/** The same by the single fields of what has parts: "validity.days". */
export function differingParts(wish: object, now: object): Step["changes"] {
  return differences(wish, now).flatMap((change) => partsOf(change));
}

function partsOf({ name, before, after }: Step["changes"][number]): Step["changes"] {
  if (!isMap(before) && !isMap(after)) return isDeepStrictEqual(before ?? null, after ?? null) ? [] : [{ name, before: before ?? null, after: after ?? null }];
  const [was, is] = [isMap(before) ? before : {}, isMap(after) ? after : {}];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((part) => partsOf({ name: `${name}.${part}`, before: was[part], after: is[part] }));
}
