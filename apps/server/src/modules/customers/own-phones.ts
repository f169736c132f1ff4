import type { Scope } from "../../kernel/scope.ts";
import { mainlandMobile } from "./phone.ts";

/**
 * The brand's own: of its stores, and of staff whose account is their phone. A till is the tablet that everybody shares, and a cashier's
 * number is at hand when a guest has none: either would make all these guests one member.
 */
export async function ownPhones(scope: Scope): Promise<ReadonlySet<string>> {
  const rows = await scope.tx.rows<{ phone: string }>(
    `select phone from org.unit where tenant_id = $1 and phone is not null
     union all select account from org.staff where tenant_id = $1 and account ~ '^1[3-9][0-9]{9}$'`, [scope.tenantId]);
  return new Set(rows.flatMap((row) => mainlandMobile(row.phone) ?? []));
}
