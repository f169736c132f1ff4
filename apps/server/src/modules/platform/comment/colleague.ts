import { spellingOf } from "../../../kernel/pinyin.ts";
import { invalid } from "../../../kernel/problem.ts";
import { staffOf, type Scope } from "../../../kernel/scope.ts";
import { listHolders, staffNames, type Holder } from "../../org/index.ts";
import type { Found } from "./subject.ts";

const SHOWN = 8;

/** Colleagues who may see the subject, by name, pinyin, initials or account. */
export async function findColleagues(scope: Scope, { subject, storeId }: Found, q: string): Promise<Pick<Holder, "id" | "name">[]> {
  const wanted = q.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, "");
  const holders = await listHolders(scope, { can: subject.can, storeId });
  return holders.filter((one) => one.id !== staffOf(scope) && isCalled(one, wanted)).slice(0, SHOWN).map(({ id, name }) => ({ id, name }));
}

function isCalled({ name, account }: Holder, wanted: string): boolean {
  if (name.toLowerCase().includes(wanted) || account.startsWith(wanted)) return true;
  const { pinyin, initials } = spellingOf(name);
  return pinyin.startsWith(wanted) || initials.startsWith(wanted);
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
