import { spellingOf } from "../../../kernel/pinyin.ts";
import { invalid } from "../../../kernel/problem.ts";
import { staffOf, type Scope } from "../../../kernel/scope.ts";
import { listHolders, staffNames, type Holder } from "../../org/index.ts";
import type { Found } from "./subject.ts";

const SHOWN = 8;

/** Colleagues who may see the subject, by name, pinyin, initials or account. */
export async function findColleagues(scope: Scope, { subject, storeId }: Found, q: string): Promise<Pick<Holder, "id" | "name">[]> {
  const holders = await listHolders(scope, { can: subject.can, storeId });
  return holders.filter((one) => one.id !== staffOf(scope) && isCalled(one, q)).slice(0, SHOWN).map(({ id, name }) => ({ id, name }));
}

/** Whether a colleague is meant by what was typed. */
export function isCalled({ name, account }: Pick<Holder, "name" | "account">, q: string): boolean {
  const wanted = q.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");
  if (name.toLowerCase().includes(wanted) || account.startsWith(wanted)) return true;
  const { pinyin, initials } = spellingOf(name);
  return pinyin.startsWith(wanted) || initials.startsWith(wanted);
}

/**
 * Colleagues whose whole name stands behind an @, typed or pasted instead of picked: whoever wrote it takes them as told. The longest name
 * counts, and of two colleagues of one name neither is meant.
 */
export async function namedIn(scope: Scope, { subject, storeId }: Found, body: string): Promise<string[]> {
  const calls = body.split("@").slice(1);
  if (calls.length === 0) return [];
  const byName = Map.groupBy((await listHolders(scope, { can: subject.can, storeId })).filter((one) => one.id !== staffOf(scope)), (one) => one.name);
  const names = [...byName.keys()].toSorted((one, other) => other.length - one.length);
  return calls.flatMap((words) => {
    const [one, another] = byName.get(names.find((name) => words.startsWith(name)) ?? "") ?? [];
    return one && !another ? one.id : [];
  });
}

/** Throws with the names of those who may not see what they would be told of. */
export async function demandColleagues(scope: Scope, { subject, storeId }: Found, staffIds: readonly string[]): Promise<void> {
  if (staffIds.length === 0) return;
  const holders = new Set((await listHolders(scope, { can: subject.can, storeId, among: staffIds })).map((one) => one.id));
  const refs = staffIds.map((id) => `staff:${id}`);
  const names = await staffNames(scope, refs);
  const errors = staffIds.flatMap((id, at) => (holders.has(id) ? [] : [{
    field: `mentions.${at}`, code: names.has(`staff:${id}`) ? "no-access" : "unknown", message: `${names.get(`staff:${id}`) ?? "Nobody"} may not see this`,
  }]));
  if (errors.length > 0) throw invalid({ errors, names: errors.flatMap(({ field }) => names.get(refs[Number(field.split(".")[1])] ?? "") ?? []) });
}
