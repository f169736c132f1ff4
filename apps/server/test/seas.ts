import { expect } from "vitest";
import type { Client } from "./client.ts";
import type { TestStaff, TestTenant } from "./tenant.ts";
import { freshTenant } from "./tenant.ts";

const STAGES = [{ key: "new", name: "新线索" }, { key: "signed", name: "已签约" }];

export interface Outcome {
  recordId: string;
  outcome: string;
  code?: string;
  until?: string;
  owner?: { id: string; name: string };
}

export interface SeaTenant extends TestTenant {
  poolId: string;
  /** Somebody who claims, at headquarters. */
  seller(name?: string): Promise<TestStaff>;
  /** Somebody who assigns too. */
  lead(): Promise<TestStaff>;
  /** Leads in the public sea. */
  leads(count: number): Promise<string[]>;
}

/** A tenant with leads, visits of them, and one pool. */
export async function seaTenant(rules: object = {}): Promise<SeaTenant> {
  const tenant = await freshTenant();
  const desk = tenant.console;
  await ok(desk.post("/objects", { key: "lead", name: "线索" }));
  await ok(desk.post("/objects/lead/fields", { key: "stage", name: "阶段", kind: "choice", settings: { options: STAGES } }));
  await ok(desk.patch("/objects/lead", { stageField: "stage" }));
  await ok(desk.post("/objects", { key: "visit", name: "拜访" }));
  await ok(desk.post("/objects/visit/fields", { key: "lead", name: "线索", kind: "reference", settings: { target: "lead" } }));
  const poolId = (await ok(desk.post("/seas", { object: "lead", name: "全国公海", ...rules }))).body.id as string;
  return Object.assign(tenant, {
    poolId,
    seller: () => tenant.as("store-manager", tenant.headquartersId),
    lead: () => tenant.as("regional-manager", tenant.headquartersId),
    leads: async (count: number) => {
      const { body } = await ok(desk.post("/objects/lead/records:batch", { records: Array.from({ length: Math.max(2, count) }, (_, at) => ({ fields: { name: `线索${at}`, stage: "new" } })) }));
      await tenant.drain();
      return (body.outcomes as { id: string }[]).map((one) => one.id).slice(0, count);
    },
  });
}

export async function ok<Given extends { status: number; body: unknown }>(asked: Promise<Given>): Promise<Given> {
  const answer = await asked;
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer;
}

export const move = async (who: Client, poolId: string, recordIds: readonly string[], to: object): Promise<Outcome[]> => (await ok(who.post(`/seas/${poolId}:move`, { recordIds, to }))).body.outcomes;
/** What became of each: the outcome, or why not. */
export const said = (outcomes: readonly Outcome[]): string[] => outcomes.map((one) => one.code ?? one.outcome);
export const ownership = async (who: Client, recordId: string) => (await ok(who.get(`/records/${recordId}/ownership`))).body;
export const sea = async (who: Client, poolId: string, query = ""): Promise<{ id: string; title: string; owner: { id: string } | null; dueAt: string | null; daysLeft: number | null; coolDownUntil: string | null }[]> =>
  (await ok(who.get(`/seas/${poolId}/records?limit=200${query}`))).body.items;
