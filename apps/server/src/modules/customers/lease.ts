import { problem } from "../../kernel/problem.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Birthday } from "./birthday.ts";
import { birthdayOf, type MemberRow } from "./member.row.ts";

export const stepUpRequired = problem("customers/step-up-required", 409, "This number has been silent for long: show who you are");

const DAY_MS = 86_400_000;

/** What somebody knows who is the same person as before. Any one is enough. */
export interface Proof {
  name?: string | undefined;
  birthday?: Birthday | undefined;
  memberNo?: string | undefined;
}

/** When a member was last heard of: by an order, a sign-in, a change. */
async function lastHeardOf({ tx, tenantId }: Scope, row: Pick<MemberRow, "id" | "joined_at">): Promise<Date> {
  const [heard] = await tx.rows<{ at: Date | null }>(
    `select greatest((select max(at) from kernel.event where tenant_id = $1 and subject_id = $2::text),
                     (select max(created_at) from customers.session where tenant_id = $1 and member_id = $2::uuid),
                     (select updated_at from customers.member where tenant_id = $1 and id = $2::uuid)) as at`, [tenantId, row.id]);
  return heard?.at && heard.at > row.joined_at ? heard.at : row.joined_at;
}

/**
 * A phone is a lease: carriers give a silent one to somebody else. Whoever comes with it after so long, and with nothing else that is known,
 * is not taken for the member before they have shown it.
 */
export async function hasLapsed(scope: Scope, row: Pick<MemberRow, "id" | "joined_at">, leaseDays: number): Promise<boolean> {
  return scope.now.getTime() - (await lastHeardOf(scope, row)).getTime() > leaseDays * DAY_MS;
}

/** What could be asked of somebody who says to be this member. */
export const waysToProve = (row: MemberRow): string[] => [...(row.name ? ["name"] : []), ...(row.birth_calendar ? ["birthday"] : []), "memberNo"];

export function proves(row: MemberRow, proof: Proof | undefined): boolean {
  if (!proof) return false;
  const plain = (name: string) => name.normalize("NFKC").replaceAll(/\s/g, "").toLowerCase();
  const known = birthdayOf(row);
  return (proof.memberNo !== undefined && proof.memberNo.replaceAll(/[\s-]/g, "") === row.member_no)
    || (proof.name !== undefined && plain(row.name) !== "" && plain(proof.name) === plain(row.name))
    || (proof.birthday !== undefined && known !== null && proof.birthday.calendar === known.calendar && proof.birthday.month === known.month
      && proof.birthday.day === known.day && (known.year === undefined || proof.birthday.year === known.year));
}
