import pg from "pg";
import { invariants, type Invariant } from "./invariants.ts";

const MAX_SHOWN = 5;

export interface Finding {
  name: string;
  broken: number;
  examples: unknown[];
  seconds: number;
}

/** Checks invariants on a live database. Reads one snapshot, so that running tills do not look like defects. */
export async function prove(ownerUrl: string, report: (finding: Finding) => void = () => {}, checked: readonly Invariant[] = invariants): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "shuke-prove" });
  await client.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    await client.query("set local jit = off; set local work_mem = '64MB'");
    const findings: Finding[] = [];
    for (const { name, sql } of checked) {
      const startedAt = performance.now();
      const { rows } = await client.query<Record<string, unknown>>(`with broken as (${sql}) select (select count(*) from broken) as total, b.* from broken b limit ${MAX_SHOWN}`);
      const finding = { name, broken: Number(rows[0]?.["total"] ?? 0), examples: rows, seconds: (performance.now() - startedAt) / 1_000 };
      report(finding);
      findings.push(finding);
    }
    await client.query("commit");
    return findings;
  } finally {
    await client.end();
  }
}
