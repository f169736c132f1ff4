import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { broken } from "../../test/broken.ts";
import { joinMember } from "../../test/member.ts";
import { freshTenant } from "../../test/tenant.ts";
import { approvalInvariants } from "./approval.invariants.ts";

test("what was carried out was agreed to at its last step, and the proof finds what somebody changed by hand", async () => {
  const tenant = await freshTenant();
  const { memberId } = await joinMember(tenant);
  const asker = await tenant.as("service");
  await tenant.console.put("/approval-chains/points", { steps: [{ name: "总部", who: { kind: "roles", roleIds: [tenant.roleIds.admin] }, mode: "any", when: {} }] });
  const ask = async () => (await asker.post(`/members/${memberId}/points:adjust`, { points: 5, reason: "补偿" }, { key: randomUUID() })).body.requestId as string;
  const [approved, rejected] = [await ask(), await ask()];
  await ask();
  await tenant.console.post(`/approvals/${approved}:approve`);
  await tenant.console.post(`/approvals/${rejected}:reject`, { comment: "不同意" });
  expect(await broken(tenant, approvalInvariants)).toEqual([]);
  const [{ name } = { name: "" }] = approvalInvariants;
  for (const tampering of [
    "update platform.approval_request set state = 'approved', ended_at = now() where tenant_id = $1 and state = 'waiting' returning 1",
    "update platform.approval_seat set state = 'passed', decided_by = null, decided_at = null where tenant_id = $1 and state = 'approved' returning 1",
    "update platform.approval_request set state = 'approved' where tenant_id = $1 and state = 'rejected' returning 1",
  ]) expect(await broken(tenant, approvalInvariants, tampering)).toEqual([name]);
});
