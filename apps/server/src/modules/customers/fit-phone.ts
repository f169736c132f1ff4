import { fieldProblem, type Problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import { blockedPhone, isPlaceholder, mainlandMobile } from "./phone.ts";

/** The digits of a phone that may become a member's. Throws for no mobile number and for blocked ones. */
export async function fitPhone(scope: Scope, typed: string, field = "phone"): Promise<string> {
  const phone = readPhone(typed, field);
  if ((await storePhones(scope)).has(phone)) throw blocked(field, "store-phone", "this is the phone of a store, not of a guest");
  return phone;
}

/** The same without the brand's own phones: enough to look somebody up. */
export function readPhone(typed: string, field = "phone"): string {
  if (isPlaceholder(typed)) throw blocked(field, "placeholder", "this number is typed by many when they have none: it belongs to nobody");
  const phone = mainlandMobile(typed);
  if (!phone) throw fieldProblem(field, "invalid", "must be a mainland mobile number of 11 digits");
  return phone;
}

/** A till is the iPad that everybody shares: the shop's own number would merge all its guests into one member. */
export async function storePhones(scope: Scope): Promise<ReadonlySet<string>> {
  const rows = await scope.tx.rows<{ phone: string }>(
    "select phone from org.unit where tenant_id = $1 and phone is not null", [scope.tenantId]);
  return new Set(rows.flatMap((row) => mainlandMobile(row.phone) ?? []));
}

const blocked = (field: string, code: string, message: string): Problem => blockedPhone({ errors: [{ field, code, message }], reason: code });
