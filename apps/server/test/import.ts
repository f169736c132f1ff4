import { expect } from "vitest";
import { importTargets } from "../src/app.ts";
import type { Database } from "../src/kernel/db/database.ts";
import { importTask } from "../src/modules/platform/index.ts";
import type { Answer, Client } from "./client.ts";
import type { TestTenant } from "./tenant.ts";

const CHUNK = 1_048_576;

/** Brings a file in, piece by piece, and has it looked at. */
export async function upload(desk: Client, { target = "member", name = "会员.csv", bytes }: { target?: string; name?: string; bytes: Buffer }, wish: object = {}): Promise<Answer> {
  const begun = await desk.post("/imports", { target, fileName: name, sizeBytes: bytes.length });
  expect(begun.status, JSON.stringify(begun.body)).toBe(201);
  for (let no = 0; no * CHUNK < bytes.length; no++) {
    const put = await desk.raw("PUT", `/imports/${begun.body.id}/chunks/${no}`, bytes.subarray(no * CHUNK, (no + 1) * CHUNK), { "content-type": "application/octet-stream" });
    expect(put.status, JSON.stringify(put.body)).toBe(204);
  }
  const read = await desk.post(`/imports/${begun.body.id}:read`, wish);
  return { ...read, body: { id: begun.body.id, ...read.body } };
}

/** The mapping that the console would send for what was suggested. */
export const suggested = (reading: { columns: { at: number; suggestion: { field: string } | null }[] }): { at: number; field: string }[] =>
  reading.columns.flatMap(({ at, suggestion }) => (suggestion ? [{ at, field: suggestion.field }] : []));

export async function done(answer: Promise<Answer>): Promise<Answer> {
  const { status, body, headers } = await answer;
  expect(status, JSON.stringify(body)).toBe(200);
  return { status, body, headers };
}

/** Uploads, maps as suggested and checks; answers the run with its preview counted. */
export async function checked(tenant: TestTenant, file: { target?: string; name?: string; bytes: Buffer | string }, mapping: object = {}) {
  const desk = tenant.console;
  const read = await upload(desk, { ...file, bytes: Buffer.from(file.bytes) });
  expect(read.status, JSON.stringify(read.body)).toBe(200);
  const { id, reading } = read.body;
  const columns = suggested(reading);
  const identifyBy = ["externalId", "phone", "card", "no"].filter((key) => columns.some((column) => column.field === key));
  await done(desk.put(`/imports/${id}/mapping`, { columns, identifyBy, ...mapping }));
  await done(desk.post(`/imports/${id}:check`));
  await tenant.drain();
  return (await done(desk.get(`/imports/${id}`))).body;
}

/** The next step, to its end. */
export async function step(tenant: TestTenant, id: string, verb: "check" | "apply" | "undo") {
  await done(tenant.console.post(`/imports/${id}:${verb}`));
  await tenant.drain();
  return (await done(tenant.console.get(`/imports/${id}`))).body;
}

export const rowsOf = async (tenant: TestTenant, id: string, query = "") => (await done(tenant.console.get(`/imports/${id}/rows?limit=200${query}`))).body.items;

/** Taken back, as was foreseen. */
export async function undone(tenant: TestTenant, id: string) {
  const { rows, total, undos, reasons } = (await done(tenant.console.get(`/imports/${id}/undo-preview`))).body;
  const run = await step(tenant, id, "undo");
  expect(undos).toEqual(run.undos);
  expect(rows).toBe(total);
  const told = (await rowsOf(tenant, id)).flatMap((row: { reasons: { code: string }[]; undo: string | null }) => (row.undo === null ? [] : [...new Set(row.reasons.map((reason) => reason.code))]));
  // Rows may have had others before, as where one of their values was refused.
  for (const { code, rows: count } of reasons) expect(told.filter((one: string) => one === code), code).toHaveLength(count);
  return run;
}

/** Transactions of the job before its pages: it looks at the run, then opens the target. */
const FIRST_PAGE = 3;

/** Asked to be applied, and the job run here, one transaction after the other: `at` stands in the transaction of the second page, before and after what it writes. */
export async function appliedUntil(tenant: TestTenant, runId: string, at: { before?: () => Promise<void>; after?: () => void }): Promise<void> {
  await done(tenant.console.post(`/imports/${runId}:apply`));
  const { database } = tenant.server.installation;
  await database.pool.query("delete from pgboss.job where data->>'runId' = $1", [runId]);
  let [count, isDead, last]: [number, boolean, Promise<unknown>] = [0, false, Promise.resolve()];
  const inScope: Database["inScope"] = (entry, work) => {
    const next = last.catch(() => {}).then(() => database.inScope(entry, async (scope) => {
      if (isDead) throw new Error("killed");
      const isSecond = ++count === FIRST_PAGE + 1;
      if (isSecond) await at.before?.();
      const result = await work(scope);
      isDead = isSecond && at.after !== undefined;
      if (isSecond) at.after?.();
      return result;
    }));
    last = next;
    return next;
  };
  await importTask(importTargets).run({ tenantId: tenant.tenantId, runId }, Object.create(database, { inScope: { value: inScope } }));
}
