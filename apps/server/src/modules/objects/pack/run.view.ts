import type { z } from "zod";
import type { Scope } from "../../../kernel/scope.ts";
import { readAllowed, type DoneStep } from "./apply.ts";
import type { packPlan, PackWish } from "./pack.schema.ts";
import { planPack } from "./plan.ts";
import type { Sections } from "./section.ts";

const MAX_RUNS = 100;

interface RunRow {
  id: string;
  pack: string;
  version: number;
  name: string;
  steps: DoneStep[];
  applied_at: Date;
  rolled_back_at: Date | null;
}

/** What was applied here, latest first. */
export async function listRuns(scope: Scope) {
  const rows = await scope.tx.rows<RunRow>(
    `select id, pack, version, name, steps, applied_at, rolled_back_at from objects.pack_run where tenant_id = $1 order by id desc limit ${MAX_RUNS}`, [scope.tenantId]);
  return rows.map(({ applied_at, rolled_back_at, ...row }) => ({ ...row, appliedAt: applied_at.toISOString(), rolledBackAt: rolled_back_at?.toISOString() ?? null }));
}

/** What a file would do here, for whoever may do it. Throws `invalid`. */
export async function planFile(scope: Scope, sections: Sections, wish: PackWish): Promise<z.input<typeof packPlan>> {
  const pack = readAllowed(scope, sections, wish);
  const installed = (await listRuns(scope)).find((run) => run.pack === pack.pack && run.rolledBackAt === null)?.version ?? null;
  return { pack: pack.pack, version: pack.version, name: pack.name, nameEn: pack.nameEn ?? "", installed, steps: await planPack(scope, sections, pack, wish.withDemo) };
}
