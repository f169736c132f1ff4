import { expect, test } from "vitest";
import { checked } from "../../../../test/import.ts";
import { freshTenant } from "../../../../test/tenant.ts";

test("an import waits for whoever has to agree, keeps what was checked meanwhile, and is written then", async () => {
  const tenant = await freshTenant();
  const leader = await tenant.as("admin");
  const asked = await tenant.console.put("/approval-chains/import", { steps: [{ name: "复核", who: { kind: "staff", staffIds: [leader.staffId] }, mode: "any", when: { from: 2 } }] });
  expect(asked.status).toBe(200);
  const apply = async (rows: string) => {
    const run = await checked(tenant, { bytes: `客户编号,姓名\n${rows}` });
    return { id: run.id, answer: await tenant.console.post(`/imports/${run.id}:apply`) };
  };
  const stateOf = async (id: string) => (await tenant.console.get(`/imports/${id}`)).body.state as string;
  expect((await apply("A1,范小小\n")).answer.status).toBe(200);
  const large = await apply("B1,范大大\nB2,范中中\n");
  expect(large.answer).toMatchObject({ status: 202, body: { kind: "import" } });
  expect(await stateOf(large.id)).toBe("waiting");
  expect((await tenant.console.post(`/imports/${large.id}:apply`)).status).toBe(409);
  expect((await leader.get(`/approvals/${large.answer.body.requestId}`)).body).toMatchObject({ amount: 2, unit: "rows", link: { kind: "import", id: large.id } });
  expect((await leader.post(`/approvals/${large.answer.body.requestId}:approve`)).status).toBe(200);
  await tenant.drain();
  expect(await stateOf(large.id)).toBe("applied");
  const refused = await apply("C1,范一一\nC2,范二二\n");
  await leader.post(`/approvals/${refused.answer.body.requestId}:reject`, { comment: "先核对" });
  expect(await stateOf(refused.id)).toBe("checked");
});
