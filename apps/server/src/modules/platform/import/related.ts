import { reasonFor } from "./reason.ts";
import type { CheckedRow, FieldValues } from "./target.ts";

/** From whom to whom, as one text. */
export const linkOf = (from: string, to: string): string => `${from} ${to}`;

export const idsIn = (values: FieldValues): [key: string, id: string][] =>
  Object.entries(values).flatMap(([key, value]) => [value].flat().flatMap((id): [string, string][] => (typeof id === "string" ? [[key, id]] : [])));

/** Refuses rows that refer to one of their page that is not taken, by the id that it would have had, and in turn those that refer to them. */
export function refuseOrphans(rows: readonly CheckedRow[], refused: ReadonlyMap<string, Pick<CheckedRow, "line" | "title">>): CheckedRow[] {
  const promised = new Set([...refused.keys(), ...rows.flatMap((row) => row.newId ?? [])]);
  const referring = new Map<string, { row: CheckedRow; key: string }[]>();
  for (const row of rows) for (const [key, id] of idsIn(row.after)) if (promised.has(id)) referring.set(id, [...referring.get(id) ?? [], { row, key }]);
  const wrong = new Map<CheckedRow, CheckedRow>();
  const queue = [...refused];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [id, { line, title }] = next;
    for (const { row, key } of referring.get(id) ?? []) {
      const known = wrong.get(row);
      const reason = reasonFor(key, "refused-row", `#${line} ${title}`.trim());
      wrong.set(row, { ...row, verdict: "error", after: {}, reasons: [...known?.reasons ?? row.reasons, reason] });
      if (!known && row.newId) queue.push([row.newId, row]);
    }
  }
  return rows.map((row) => wrong.get(row) ?? row);
}

/** In an order in which each comes after those that it refers to, as far as they do not refer to each other. */
export function parentsFirst<Row extends Pick<CheckedRow, "newId" | "after">>(rows: readonly Row[]): Row[] {
  const byId = new Map(rows.flatMap((row) => (row.newId ? [[row.newId, row] as const] : [])));
  if (byId.size === 0) return [...rows];
  const [seen, placed] = [new Set<Row>(), new Set<Row>()];
  for (const first of rows) {
    const path = seen.has(first) ? [] : [first];
    for (let row = path.at(-1); row; row = path.at(-1)) {
      seen.add(row);
      const next = idsIn(row.after).map(([, id]) => byId.get(id)).find((one) => one && !seen.has(one));
      if (next) path.push(next);
      else placed.add(path.pop() ?? row);
    }
  }
  return [...placed];
}
