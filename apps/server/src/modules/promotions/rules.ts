import { canonical, prepare, type Offer, type PreparedRules, type RuleSet } from "@shuke/offers";
import { createHash } from "node:crypto";
import { actorRef, type Scope } from "../../kernel/scope.ts";
import { notFound } from "../../kernel/problem.ts";

const NO_RULES = 0;
const MAX_KEPT = 64;

/** Prepared rule sets by tenant and version. A committed version never changes, so nothing here goes stale. */
const prepared = new Map<string, PreparedRules>();

/** Transactions that have published: their version is nobody else's yet, and its number another's if they are rolled back. */
const publishing = new WeakSet<Scope["tx"]>();

function keep(key: string, rules: PreparedRules): PreparedRules {
  if (prepared.size >= MAX_KEPT) prepared.delete(prepared.keys().next().value ?? "");
  prepared.set(key, rules);
  return rules;
}

/** The rules in force: one index look-up of the version, then memory. */
export async function currentRules(scope: Scope): Promise<PreparedRules> {
  const [row] = await scope.tx.rows<{ version: number }>(
    "select version from promotions.rule_version where tenant_id = $1 order by version desc limit 1", [scope.tenantId]);
  return rulesOfVersion(scope, row?.version ?? NO_RULES);
}

/** Whether an offer or a coupon speaks of this tier, member or whatever has the id. */
export async function isNamedInTerms(scope: Scope, id: string): Promise<boolean> {
  const rows = await scope.tx.rows(
    `select 1 from promotions.offer o where o.tenant_id = $1 and o::text like '%' || $2 || '%'
     union all select 1 from promotions.coupon_template t where t.tenant_id = $1 and t.definition::text like '%' || $2 || '%' limit 1`, [scope.tenantId, id]);
  return rows.length > 0;
}

/** Which of these products an offer or a coupon speaks of: what it is for or not for, what it costs then, what is given. Offers that have ended speak of nothing. */
export async function skusInTerms({ tx, tenantId }: Scope, skus: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ sku: string }>(
    `select distinct named.sku #>> '{}' as sku
      from (select definition as terms from promotions.offer where tenant_id = $1 and state <> 'ended' union all select draft from promotions.offer where tenant_id = $1 and state <> 'ended'
            union all select definition from promotions.coupon_template where tenant_id = $1) t
      cross join lateral (select jsonb_path_query(t.terms, '$.**.skus[*]') union all select jsonb_path_query(t.terms, '$.**.excludeSkus[*]') union all select jsonb_path_query(t.terms, '$.**.sku')) as named(sku)
      join unnest($2::text[]) as asked(sku) on asked.sku = named.sku #>> '{}'`, [tenantId, skus]);
  return rows.map((row) => row.sku);
}

/** The rules of a version: what a quote from years ago is re-derived with. */
export async function rulesOfVersion(scope: Scope, version: number): Promise<PreparedRules> {
  const key = `${scope.tenantId}/${version}/${scope.zone}`;
  const known = publishing.has(scope.tx) ? undefined : prepared.get(key);
  if (known) return known;
  if (version === NO_RULES) return keep(key, prepare({ version, mode: "pipeline", offers: [], zone: scope.zone }));
  const [row] = await scope.tx.rows<{ rules: RuleSet }>(
    "select rules from promotions.rule_version where tenant_id = $1 and version = $2", [scope.tenantId, version]);
  if (!row) throw notFound({ detail: `No rule version ${version}` });
  const rules = prepare(row.rules);
  return publishing.has(scope.tx) ? rules : keep(key, rules);
}

/** Publishes the live offers as the next version. Called by every change of an offer, in its transaction. */
export async function publishRules(scope: Scope, mode: RuleSet["mode"] = "best"): Promise<number> {
  const { tx, tenantId, now, zone } = scope;
  // Two publishers at once would draw the same number; the tenant's row makes them take turns.
  await tx.rows("select id from org.tenant where id = $1 for no key update", [tenantId]);
  const live = await tx.db.selectFrom("promotions.offer").select(["id", "name", "definition"])
    .where("state", "=", "live").orderBy("priority", "desc").orderBy("id").execute();
  const [last] = await tx.rows<{ version: number }>(
    "select version from promotions.rule_version where tenant_id = $1 order by version desc limit 1", [tenantId]);
  const version = (last?.version ?? NO_RULES) + 1;
  publishing.add(tx);
  const offers = live.map((row) => ({ ...(row.definition as Offer), id: row.id, name: row.name }));
  const rules: RuleSet = { version, mode, offers, zone };
  prepare(rules);
  const text = canonical(rules);
  await tx.db.insertInto("promotions.rule_version").values({
    version, rules: text, sha256: createHash("sha256").update(text).digest("hex"), at: now, by_actor: actorRef(scope.actor),
  }).execute();
  return version;
}
