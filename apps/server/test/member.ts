import { Client } from "./client.ts";
import type { TestTenant } from "./tenant.ts";

let joined = 0;

/** A guest who has joined with a phone, at the member API. */
export type TestMember = Client & { memberId: string };

export async function joinMember(tenant: TestTenant): Promise<TestMember> {
  const phone = `138${String(10_000_000 + (process.pid % 9_000) * 9_000 + joined++).padStart(8, "0")}`;
  const { body: { devCode } } = await tenant.memberDoor.post(`/brands/${tenant.code}/phone-codes`, { phone });
  const { body } = await tenant.memberDoor.post(`/brands/${tenant.code}/join`, { phone, phoneCode: devCode, name: "李小花", storeId: tenant.storeId });
  return Object.assign(new Client(tenant.server.app, "/api/member", { authorization: `Bearer ${body.token}` }), { memberId: String(body.memberId) });
}

/** So many members, written as a batch. */
export async function batchOfMembers(tenant: TestTenant, count: number): Promise<string[]> {
  const door = await tenant.open(["members:write"]);
  const { body } = await door.post("/members:batch", { members: Array.from({ length: count }, (_, at) => ({ externalId: `crowd-${at}`, name: `客人${at}` })) },
    { key: `crowd-${tenant.code}-${count}` });
  return (body.outcomes as { memberId: string }[]).map((one) => one.memberId);
}
