import { audit } from "../../kernel/audit.ts";
import { bytes } from "../../kernel/db/array.ts";
import { fieldProblem } from "../../kernel/problem.ts";
import { actorRef, type Scope } from "../../kernel/scope.ts";
import { digestOf, shownOf, type Digested, type Identity, type IdentityKind } from "./identity.ts";
import { readIdentity } from "./identity.priority.ts";
import { ownPhones } from "./own-phones.ts";
import { isPlaceholder } from "./phone.ts";

export type Limits = Readonly<Record<IdentityKind, number>>;

export interface IdentityRules {
  /** How many of each kind one member may have. */
  limits: Limits;
  /** After so many days of silence a phone's bearer has to show who they are. */
  leaseDays: number;
}

/** Carriers give a number to somebody else a quarter of a year after it was given up; twice that, because a guest may simply not have come. */
const DEFAULT_LEASE_DAYS = 180;
const DEFAULT_LIMITS: Limits = { "wechat-unionid": 1, alipay: 2, phone: 3, "wechat-openid": 5, email: 3, card: 10, device: 10, external: 20 };

export async function identityRules({ tx, tenantId }: Scope): Promise<IdentityRules> {
  const [row] = await tx.rows<{ limits: Partial<Limits>; lease_days: number }>(
    "select limits, lease_days from customers.identity_rules where tenant_id = $1", [tenantId]);
  return { limits: { ...DEFAULT_LIMITS, ...row?.limits }, leaseDays: row?.lease_days ?? DEFAULT_LEASE_DAYS };
}

export async function setIdentityRules(scope: Scope, wish: { limits?: Partial<Record<IdentityKind, number | undefined>> | undefined; leaseDays?: number | undefined }): Promise<IdentityRules> {
  const before = await identityRules(scope);
  const given = Object.fromEntries(Object.entries(wish.limits ?? {}).filter(([, limit]) => limit !== undefined)) as Partial<Limits>;
  const after = { limits: { ...before.limits, ...given }, leaseDays: wish.leaseDays ?? before.leaseDays };
  await scope.tx.rows(
    `insert into customers.identity_rules (tenant_id, limits, lease_days, by_actor, at) values ($1, $2, $3, $4, $5)
     on conflict (tenant_id) do update set limits = excluded.limits, lease_days = excluded.lease_days, by_actor = excluded.by_actor, at = excluded.at`,
    [scope.tenantId, JSON.stringify(after.limits), after.leaseDays, actorRef(scope.actor), scope.now]);
  audit(scope, { action: "identity-rules.set", subjectKind: "tenant", subjectId: scope.tenantId, before, after });
  return after;
}

interface Blocked {
  kind: IdentityKind;
  /** Names it where it is only seen masked; keyed, so that it tells nothing. */
  digest: string;
  shown: string;
  reason: string;
  at: string;
}

export async function listBlocked({ tx, tenantId }: Scope): Promise<Blocked[]> {
  const rows = await tx.rows<{ kind: IdentityKind; digest: Buffer; shown: string; reason: string; at: Date }>(
    "select kind, digest, shown, reason, at from customers.blocked_value where tenant_id = $1 order by at desc, digest limit 1000", [tenantId]);
  return rows.map((row) => ({ ...row, digest: row.digest.toString("hex"), at: row.at.toISOString() }));
}

/** From now on this value recognises nobody. Whoever has it already keeps it, until somebody takes it off them. */
export async function blockValue(scope: Scope, { kind, value, reason }: { kind: IdentityKind; value: string; reason: string }): Promise<Blocked[]> {
  const read = demandReadable(kind, value);
  await scope.tx.rows(
    `insert into customers.blocked_value (tenant_id, kind, digest, shown, reason, by_actor, at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id, kind, digest) do update set reason = excluded.reason, by_actor = excluded.by_actor, at = excluded.at`,
    [scope.tenantId, kind, digestOf(scope, kind, read), shownOf(kind, read), reason, actorRef(scope.actor), scope.now]);
  audit(scope, { action: "identity.block", subjectKind: "identity", subjectId: kind, after: { kind, shown: shownOf(kind, read) }, reason });
  return listBlocked(scope);
}

export async function unblockValue(scope: Scope, { kind, value, digest }: { kind: IdentityKind; value?: string | undefined; digest?: string | undefined }): Promise<Blocked[]> {
  const named = value === undefined ? Buffer.from(digest ?? "", "hex") : digestOf(scope, kind, demandReadable(kind, value));
  const [gone] = await scope.tx.rows<{ shown: string }>("delete from customers.blocked_value where tenant_id = $1 and kind = $2 and digest = $3 returning shown", [scope.tenantId, kind, named]);
  if (gone) audit(scope, { action: "identity.unblock", subjectKind: "identity", subjectId: kind, after: { kind, shown: gone.shown } });
  return listBlocked(scope);
}

export function demandReadable(kind: IdentityKind, value: string): string {
  const read = readIdentity(kind, value);
  if (read === undefined) throw fieldProblem("value", "invalid", `cannot be a ${kind}`);
  return read;
}

/** Which of these many people share: what everybody types when they have none, the brand's own phones, and what somebody blocked. */
export async function blockedAmong(scope: Scope, identities: readonly (Identity & Partial<Digested>)[]): Promise<ReadonlySet<Identity>> {
  if (identities.length === 0) return new Set();
  const own = identities.some((one) => one.kind === "phone") ? await ownPhones(scope) : new Set<string>();
  const digests = identities.map((one) => one.digest ?? digestOf(scope, one.kind, one.value));
  const rows = await scope.tx.rows<{ digest: Buffer }>(
    "select digest from customers.blocked_value where tenant_id = $1 and digest = any($2::bytea[])", [scope.tenantId, bytes(digests, (digest) => digest)]);
  const blocked = new Set(rows.map((row) => row.digest.toString("hex")));
  return new Set(identities.filter((one, at) => (blocked.size > 0 && blocked.has(digests[at]?.toString("hex") ?? ""))
    || (one.kind === "phone" && (own.has(one.value) || isPlaceholder(one.value))) || /^(.)\1{3,}$/.test(one.value)));
}
