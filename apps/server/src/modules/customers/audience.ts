import type { Scope } from "../../kernel/scope.ts";
import { findByIdentities } from "./identity.ts";
import { isMemberNumber } from "./member-number.ts";
import { openPhone } from "./member.row.ts";
import { memberRows } from "./member.view.ts";
import { mainlandMobile } from "./phone.ts";

/** Members by what this module knows of them; what is left out does not limit. */
export interface MemberAudience {
  storeIds?: readonly string[] | undefined;
  tags?: readonly string[] | undefined;
  /** Joined on this instant or later; before this instant. */
  joinedFrom?: Date | undefined;
  joinedBefore?: Date | undefined;
}

/** Conditions on `customers.member m`; $1 is the tenant, `bind` puts a value among the parameters. */
export function audienceConditions(audience: MemberAudience, bind: (value: unknown) => string): string[] {
  const { storeIds, tags, joinedFrom, joinedBefore } = audience;
  return [
    "m.state = 'active'",
    ...(storeIds?.length ? [`m.home_store_id = any(${bind(storeIds)}::uuid[])`] : []),
    ...(tags?.length ? [`exists (select 1 from customers.member_tag t where t.tenant_id = $1 and t.member_id = m.id and t.tag = any(${bind(tags)}::text[]))`] : []),
    ...(joinedFrom ? [`m.joined_at >= ${bind(joinedFrom)}::timestamptz`] : []),
    ...(joinedBefore ? [`m.joined_at < ${bind(joinedBefore)}::timestamptz`] : []),
  ];
}

/** Whose member numbers or phones these are, by the line as it was typed; lines that name nobody are missing. */
export async function membersByLine(scope: Scope, lines: readonly string[]): Promise<Map<string, string>> {
  const phones = new Map<string, string>();
  const numbers = new Map<string, string>();
  for (const line of lines) {
    const text = line.normalize("NFKC").replaceAll(/[\s-]/g, "");
    const phone = mainlandMobile(text);
    if (phone) phones.set(line, phone);
    else if (isMemberNumber(text)) numbers.set(line, text);
  }
  const [byPhone, byNumber] = [await findByIdentities(scope, "phone", [...new Set(phones.values())]), await findByNumbers(scope, [...new Set(numbers.values())])];
  const found = [...phones].map(([line, phone]) => [line, byPhone.get(phone)] as const).concat([...numbers].map(([line, no]) => [line, byNumber.get(no)] as const));
  return new Map(found.flatMap(([line, memberId]) => (memberId ? [[line, memberId] as const] : [])));
}

async function findByNumbers({ tx, tenantId }: Scope, numbers: readonly string[]): Promise<Map<string, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; member_no: string }>(
    "select id, member_no from customers.member where tenant_id = $1 and member_no = any($2::text[])", [tenantId, numbers]);
  return new Map(rows.map((row) => [row.member_no, row.id]));
}

/** Whom a message may be sent to: active members who have a phone and did not say no to messages. */
export async function memberPhones(scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await memberRows(scope, ids);
  return new Map(rows.flatMap((row): [string, string][] => {
    const phone = row.state === "active" && row.preferences["sms"] !== false ? openPhone(scope, row) : undefined;
    return phone ? [[row.id, phone]] : [];
  }));
}
