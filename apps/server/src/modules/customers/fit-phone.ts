import { fieldProblem, type Problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { blockedAmong } from "./identity.rules.ts";
import { ownPhones } from "./own-phones.ts";
import { blockedPhone, isPlaceholder, mainlandMobile } from "./phone.ts";

/** The digits of a phone that may become a member's. Throws for no mobile number and for blocked ones. */
export async function fitPhone(scope: Scope, typed: string, field = "phone"): Promise<string> {
  const phone = readPhone(typed, field);
  if ((await ownPhones(scope)).has(phone)) throw blocked(field, "store-phone", "this is a phone of the brand's own, not of a guest");
  if ((await blockedAmong(scope, [{ kind: "phone", value: phone }])).size > 0) throw blocked(field, "shared", "many people share this number: it belongs to nobody");
  return phone;
}

/** The same without the brand's own phones: enough to look somebody up. */
export function readPhone(typed: string, field = "phone"): string {
  if (isPlaceholder(typed)) throw blocked(field, "placeholder", "this number is typed by many when they have none: it belongs to nobody");
  const phone = mainlandMobile(typed);
  if (!phone) throw fieldProblem(field, "invalid", "must be a mainland mobile number of 11 digits");
  return phone;
}

const blocked = (field: string, code: string, message: string): Problem => blockedPhone({ errors: [{ field, code, message }], reason: code });
