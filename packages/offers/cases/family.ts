import type { Case, Json } from "./case.ts";
import { Unsupported } from "./case.ts";
import { calendarFamilies } from "./calendar-case.ts";
import { identityFamilies } from "./identity-case.ts";
import { ledgerFamilies } from "./ledger-case.ts";
import { limitFamilies } from "./limit-case.ts";
import { pointsFamilies } from "./points-case.ts";
import { prepaidFamilies } from "./prepaid-case.ts";
import { ruleFamilies } from "./rule-case.ts";
import type { Settings } from "./setting.ts";
import { storyFamilies } from "./story-case.ts";

/** What the engine makes of a case that is no cart; keys as in `expect`, which is given for its names and for the form of an answer. */
export type Rule = (given: Json, expect: Json, settings: Settings) => Json;

/** Families by the fields of `given`, sorted. */
export type Families = Readonly<Record<string, Rule>>;

const families: Families = {
  ...ruleFamilies, ...prepaidFamilies, ...pointsFamilies, ...ledgerFamilies, ...limitFamilies, ...calendarFamilies, ...identityFamilies, ...storyFamilies,
};

/** Measurement of members and tests, and the sending of messages: modules of their own, skipped by name. */
const LATER: readonly string[] = [
  "T,params,t,t_x,x", "T,t_x,x", "dataset", "params,t", "a,b", "arms,floor,w", "cap,next,sent", "capped_at,journey", "cap_reached,counts_toward_cap,override",
  "rules,sent_this_week,sent_today", "messages,per_minute", "messages,minute_1_success,per_minute",
];

/** The engine's answer in the words of `expect`; throws Unsupported for families of other modules. */
export function answerTo({ given, expect }: Case, settings: Settings): Json {
  const name = Object.keys(given).sort().join();
  const rule = families[name];
  if (!rule) throw new Unsupported(`${LATER.includes(name) ? "a later module: " : ""}given {${name}}`);
  const answer = rule(given, expect, settings);
  for (const word of Object.keys(expect)) if (!(word in answer)) throw new Unsupported(`expect.${word}`);
  return Object.fromEntries(Object.keys(expect).map((word) => [word, answer[word]]));
}
