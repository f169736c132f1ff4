import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Installation } from "../installation.ts";
import type { TenantEntry } from "../kernel/db/directory.ts";
import { newId, type Scope } from "../kernel/scope.ts";
import { notFound } from "../kernel/problem.ts";
import { addApiKey } from "../modules/org/api-key.ts";
import { createTenant, findStore, hashPassword } from "../modules/org/index.ts";
import { addUnit } from "../modules/org/unit.ts";

/** What this checkout knows of a brand that it made for imports: kept beside the database, readable by its owner alone. */
const kept = z.object({ tenantId: z.string(), key: z.string(), console: z.object({ brand: z.string(), account: z.string(), password: z.string() }).nullable() });
export type LocalBrand = z.output<typeof kept> & { file: string };

const SCOPES = ["orders:write", "orders:read", "members:write", "members:read", "products:write"] as const;
const REQUESTS_PER_MINUTE = 60_000;
const TIERS = [
  { rank: 0, name: "普卡", min_spend_fen: 0, earn_percent: 100 },
  { rank: 1, name: "银卡", min_spend_fen: 100_000, earn_percent: 100 },
  { rank: 2, name: "金卡", min_spend_fen: 500_000, earn_percent: 150 },
];

/** Finds the brand, or makes it with a store, a points programme, tiers and a key. Killed half-way, the next call goes on. */
export async function ensureBrand(installation: Installation, wanted: { brand: string; store: string; zone: string }): Promise<LocalBrand> {
  const file = join(installation.config.SHUKE_DATA_DIR, `import-${wanted.brand}.json`);
  const { database } = installation;
  const known = existsSync(file) ? kept.safeParse(JSON.parse(readFileSync(file, "utf8"))).data : undefined;
  const found = await findTenant(installation, wanted.brand);
  const password = randomBytes(12).toString("base64url");
  const tenantId = found?.id ?? (await createTenant(database, {
    code: wanted.brand, name: wanted.brand, timeZone: wanted.zone, admin: { account: "admin", name: "管理员", passwordHash: await hashPassword(password) },
  })).tenantId;
  const made = await database.inScope({ tenantId, actor: { kind: "system", name: "import" } }, async (scope) => {
    await ensureStore(scope, wanted.store);
    await ensureProgramme(scope);
    if (known?.tenantId === tenantId) return known;
    const { secret } = await addApiKey(scope, { name: "导入 · import", scopes: SCOPES, requestsPerMinute: REQUESTS_PER_MINUTE });
    return { tenantId, key: secret, console: found ? null : { brand: wanted.brand, account: "admin", password } };
  });
  mkdirSync(installation.config.SHUKE_DATA_DIR, { recursive: true });
  if (made !== known) writeFileSync(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return { ...made, file };
}

async function findTenant({ database }: Installation, code: string): Promise<TenantEntry | undefined> {
  try {
    return await database.tenants.byCode(code);
  } catch (error) {
    if (notFound.is(error)) return undefined;
    throw error;
  }
}

async function ensureStore(scope: Scope, code: string): Promise<void> {
  if (await findStore(scope, code)) return;
  const headquarters = await scope.tx.db.selectFrom("org.unit").select("id").where("kind", "=", "headquarters").executeTakeFirstOrThrow();
  await addUnit(scope, { parentId: headquarters.id, kind: "store", code, name: `${code} 店` });
}

/** One point for each unit of money, good for two years; the tiers by a year's spending. */
async function ensureProgramme({ tx, tenantId, now, ...scope }: Scope): Promise<void> {
  const known = await tx.db.selectFrom("loyalty.program").select("version").executeTakeFirst();
  if (known) return;
  await tx.db.insertInto("loyalty.program").values({ tenant_id: tenantId, earn_points: 1, earn_per_fen: 100, expiry_months: 24, updated_at: now }).execute();
  await tx.db.insertInto("loyalty.tier").values(TIERS.map((tier) => ({ ...tier, id: newId({ now, random: scope.random }) }))).execute();
}
