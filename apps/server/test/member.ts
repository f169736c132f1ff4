import { registerMember } from "../src/modules/customers/index.ts";
import { openMemberSession } from "../src/modules/customers/session.ts";
import { Client } from "./client.ts";
import type { TestTenant } from "./tenant.ts";

/** A guest who has joined, at the member API. */
export type TestMember = Client & { memberId: string };

/** Nobody is signed out where a test moves the clock by weeks. */
const FAR = new Date("2100-01-01T00:00:00Z");

let phones = 0;

/** One that no other guest has, nor nearly has: the step shares no factor with the numbers there are. */
export const nextPhone = (): string => `138${String((phones += 1) * 30_103_111 % 100_000_000).padStart(8, "0")}`;

/** Not through the door, which lets one address in so often a minute only. */
export async function joinMember(tenant: TestTenant): Promise<TestMember> {
  return tenant.inScope(async (scope) => {
    const { memberId } = await registerMember(scope, { phone: nextPhone(), name: "李小花", via: "h5", storeId: tenant.storeId });
    const token = await openMemberSession(scope, memberId);
    await scope.tx.rows("update customers.session set expires_at = $3 where tenant_id = $1 and member_id = $2", [scope.tenantId, memberId, FAR]);
    return Object.assign(new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${token}` }), { memberId });
  });
}

/** So many members, written as a batch. */
export async function batchOfMembers(tenant: TestTenant, count: number): Promise<string[]> {
  const door = await tenant.open(["members:write"]);
  const { body } = await door.post("/members:batch", { members: Array.from({ length: count }, (_, at) => ({ externalId: `crowd-${at}`, name: `客人${at}` })) },
    { key: `crowd-${tenant.code}-${count}` });
  return (body.outcomes as { memberId: string }[]).map((one) => one.memberId);
}
