import type { Json } from "./case.ts";
import type { Families } from "./family.ts";
import { isMatchable, resolveIdentity } from "./identity.ts";
import type { IdentifierRule, Identifiers } from "./identity.ts";
import { mayFollow } from "./order-state.ts";

export const identityFamilies: Families = {
  "event,profiles,rules": resolution,
  "identifier": (given) => ({ used_for_matching: isMatchable(String(given["identifier"])) }),
  "frm,to": (given, _, { reopening }) => ({ allowed: mayFollow(String(given["frm"]), String(given["to"]), { reopening }) }),
};

/** `<identifier>_stays_with` names the profile that keeps a dropped identifier by its most trusted one. */
function resolution(given: Json, expect: Json): Json {
  const rules = given["rules"] as IdentifierRule[];
  const profiles = given["profiles"] as Identifiers[];
  const found = resolveIdentity(rules, profiles, given["event"] as Identifiers);
  const nameOf = (profile: Identifiers): string | undefined => [...rules].sort((a, b) => a.priority - b.priority).map(({ id }) => profile[id]).find((value) => value !== undefined);
  const answer: Json = { result: wordFor(found.result, expect["result"]), profile: Object.assign({}, ...found.profiles.map((at) => profiles[at]), found.identifiers) };
  for (const { id } of rules) {
    const dropped = found.dropped.find((one) => one.id === id);
    const holder = dropped?.staysWith ?? profiles.findIndex((profile) => profile[id] !== undefined && profile[id] === (given["event"] as Identifiers)[id]);
    answer[`${id}_stays_with`] = holder >= 0 ? nameOf(profiles[holder]!) ?? null : null;
  }
  return answer;
}

const SAME: Readonly<Record<string, readonly string[]>> = {
  "matched": ["matched", "existing profile", "same profile"], "merged": ["merged", "merge", "merged profile"], "new profile": ["new profile", "new"],
};

/** Another word for the same thing stays as the case writes it. */
function wordFor(result: string, expected: unknown): unknown {
  return SAME[result]?.includes(String(expected)) ? expected : result;
}
