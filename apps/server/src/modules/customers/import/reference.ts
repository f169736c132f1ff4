import { may, type Scope } from "../../../kernel/scope.ts";
import type { Meant, ReferenceFinder } from "../../objects/index.ts";
import { digested, holdersOf, type Identity } from "../identity.ts";
import { mainlandMobile } from "../phone.ts";
import { membersByNo } from "./judge.ts";

/** A member by phone, card, external id or member number. Who has which phone is told only to those who may see members. */
export const memberReference: ReferenceFinder = {
  noun: "member",
  async find(scope: Scope, names: readonly string[]) {
    if (!may(scope.actor, "members.read")) return new Map();
    const asked = names.flatMap((name): (Identity & { name: string })[] => {
      const phone = mainlandMobile(name);
      return [{ name, kind: "external", value: name }, { name, kind: "card", value: name }, ...(phone ? [{ name, kind: "phone" as const, value: phone }] : [])];
    });
    const [holders, byNo] = [await holdersOf(scope, asked.map((one) => digested(scope, one))), await membersByNo(scope, names)];
    const found = Map.groupBy([...asked.flatMap(({ name }, at) => (holders[at] ? [[name, holders[at]] as const] : [])), ...byNo], ([name]) => name);
    return new Map([...found].map(([name, pairs]): [string, Meant] => {
      const ids = [...new Set(pairs.map(([, id]) => id))];
      return [name, { id: ids[0] ?? "", count: ids.length }];
    }));
  },
};
